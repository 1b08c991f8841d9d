import type { PhotoTaken } from '@wangge/client';
import { newId } from '@wangge/contract-kit';
import type { DraftPhoto } from './draft-photo.ts';
import { exifGps, exifReach } from './exif-gps.ts';
import { howTaken, photoPlace, photoWord } from './photo-word.ts';
import { shrinkPhoto } from './shrink.ts';

export interface TakenIn {
  readonly photos: readonly DraftPhoto[];
  /** Names of files that are no usable pictures. */
  readonly unreadable: readonly string[];
}

/**
 * Turns files into draft photos, one after the other: a phone has little memory.
 *
 * @param button by which they came
 * @param onDuty only then the place goes along
 */
export async function takeIn(files: readonly File[], button: PhotoTaken['how'], onDuty: boolean): Promise<TakenIn> {
  const nowMs = Date.now();
  // Sought while the picture is made smaller.
  const where = button === 'camera' ? photoPlace(onDuty) : Promise.resolve(null);
  const photos: DraftPhoto[] = [];
  const unreadable: string[] = [];
  for (const file of files) {
    try {
      const place = exifGps(await file.slice(0, exifReach).arrayBuffer());
      const how = howTaken(button, file, nowMs);
      const blob = await shrinkPhoto(file);
      photos.push({ id: newId(), place, blob, taken: photoWord(how, nowMs, await where) });
    } catch {
      unreadable.push(file.name);
    }
  }
  return { photos, unreadable };
}
