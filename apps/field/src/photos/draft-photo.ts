import type { Place } from '@wangge/contract-kit';

/** A photo on its way: already shrunk, perhaps already at the server. */
export interface DraftPhoto {
  readonly id: string;
  readonly blob: Blob;
  readonly width: number;
  readonly height: number;
  /** From the camera's GPS tags, which the shrunk picture no longer has. */
  readonly place: Place | null;
  /** Set once uploaded, so that trying again does not send it twice. */
  readonly fileId: string | null;
}
export const mostPhotos = 9;
