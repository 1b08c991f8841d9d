import type { Place } from '@wangge/contract-kit';

/** A photo of a draft, already shrunk. */
export interface DraftPhoto {
  readonly id: string;
  readonly blob: Blob;
  /** From the camera's GPS tags, which the shrunk picture no longer has. */
  readonly place: Place | null;
}
export const mostPhotos = 9;
