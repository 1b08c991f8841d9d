import { newId } from '@wangge/contract-kit';
import type { DraftPhoto } from './draft-photo.ts';
import { exifGps, exifReach } from './exif-gps.ts';
import { shrinkPhoto } from './shrink.ts';

export interface TakenIn {
  readonly photos: readonly DraftPhoto[];
  /** Names of files that are no usable pictures. */
  readonly unreadable: readonly string[];
}

/** Turns chosen files into draft photos, one after the other: a phone has little memory. */
export async function takeIn(files: readonly File[]): Promise<TakenIn> {
  const photos: DraftPhoto[] = [];
  const unreadable: string[] = [];
  for (const file of files) {
    try {
      const place = exifGps(await file.slice(0, exifReach).arrayBuffer());
      photos.push({ id: newId(), place, blob: await shrinkPhoto(file) });
    } catch {
      unreadable.push(file.name);
    }
  }
  return { photos, unreadable };
}
