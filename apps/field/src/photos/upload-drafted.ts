import { uploadPhoto } from '@wangge/client';
import type { DraftPhoto } from './draft-photo.ts';

/**
 * Sends those photos that are not at the server yet, one after the other (a weak uplink carries one).
 * `keep` stores each identifier at once, so that the next try goes on where this one broke.
 *
 * @returns the files' identifiers, in the order of the photos
 * @throws CallError as `uploadPhoto` does; photos before the failed one stay uploaded
 */
export async function uploadDrafted(
  photos: readonly DraftPhoto[],
  keep: (photoId: string, fileId: string) => void,
  tell: (done: number) => void,
): Promise<string[]> {
  const ids: string[] = [];
  for (const photo of photos) {
    tell(ids.length);
    if (photo.fileId === null) {
      const { fileId } = await uploadPhoto(photo.blob);
      keep(photo.id, fileId);
      ids.push(fileId);
    } else ids.push(photo.fileId);
  }
  return ids;
}
