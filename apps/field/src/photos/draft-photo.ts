import type { PhotoTaken } from '@wangge/client';
import type { Place } from '@wangge/contract-kit';

/** A photo of a draft, already shrunk. */
export interface DraftPhoto {
  readonly id: string;
  readonly blob: Blob;
  /** From the camera's GPS tags, which the shrunk picture no longer has. */
  readonly place: Place | null;
  /** What this phone says of it; drafts of before lack it. */
  readonly taken?: PhotoTaken;
}
/** Counts where a proof must be taken with the app's camera. */
export function isFromCamera({ taken }: Pick<DraftPhoto, 'taken'>): boolean {
  return taken?.how === 'camera';
}
/** As it goes into the outbox, under a name of its own where it may be sent more than once. */
export function asNewPhoto(
  { id, blob, taken }: DraftPhoto,
  as = id,
): { id: string; blob: Blob; fileId: null; taken?: PhotoTaken } {
  return { id: as, blob, fileId: null, ...(taken ? { taken } : {}) };
}
export const mostPhotos = 9;
