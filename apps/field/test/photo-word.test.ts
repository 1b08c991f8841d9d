import { expect, test } from 'vitest';
import { asNewPhoto, type DraftPhoto, isFromCamera } from '../src/photos/draft-photo.ts';
import { howTaken, photoWord } from '../src/photos/photo-word.ts';

const nowMs = 1_800_000_000_000;
const place = { lon: 118.98, lat: 31.5, accuracyM: 12 };

test('only the camera button gives camera photos, and not where a browser let somebody choose an old one', () => {
  const minute = 60_000;
  const cases = [
    ['camera', 0, 'camera'],
    ['camera', 9 * minute, 'camera'],
    // The camera app keeps its own time for the file.
    ['camera', -minute, 'camera'],
    ['camera', 11 * minute, 'gallery'],
    ['camera', nowMs, 'camera'],
    ['gallery', 0, 'gallery'],
    ['gallery', 11 * minute, 'gallery'],
  ] as const;
  for (const [button, ageMs, how] of cases) {
    expect(howTaken(button, { lastModified: nowMs - ageMs }, nowMs), `${button} ${ageMs}`).toBe(how);
  }
});

test('a place goes along with what was taken here, never with what was chosen', () => {
  expect(photoWord('camera', nowMs, place)).toMatchObject({ how: 'camera', atMs: nowMs, place });
  expect(photoWord('camera', nowMs, null)).toMatchObject({ place: null });
  expect(photoWord('gallery', nowMs, place)).toMatchObject({ how: 'gallery', place: null });
});

test('what is said of a photo waits with it, and photos of before say nothing', () => {
  const taken = photoWord('camera', nowMs, place);
  const draft = { id: 'a', blob: new Blob(['x']), place: null };
  const old: DraftPhoto = draft;
  expect(asNewPhoto({ ...draft, taken }, 'b')).toEqual({ id: 'b', blob: draft.blob, fileId: null, taken });
  expect(asNewPhoto(draft)).toEqual({ id: 'a', blob: draft.blob, fileId: null });
  expect([isFromCamera({ taken }), isFromCamera(old)]).toEqual([true, false]);
});
