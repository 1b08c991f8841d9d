import type { PhotoWord } from '@wangge/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onTheSpotMs } from '../src/phone-time.ts';
import { photoFacts } from '../src/photo-facts.ts';

const receivedMs = 1_800_000_000_000;
const place = { lon: 118.98, lat: 31.5 };
const word: PhotoWord = { how: 'camera', atMs: receivedMs, offsetMs: 0, place, receivedMs };
const exact = { place, exact: true };

describe('what stands beside a photo', () => {
  it.each([
    ['at once', { atMs: receivedMs - 5000 }, { atMs: receivedMs, byPhone: false }],
    ['an hour later', { atMs: receivedMs - 3_600_000 }, { atMs: receivedMs - 3_600_000, byPhone: true }],
    [
      'an hour later by a phone a day behind',
      { atMs: receivedMs - 90_000_000, offsetMs: 86_400_000 },
      { atMs: receivedMs - 3_600_000, byPhone: true },
    ],
    ['from the future', { atMs: receivedMs + 86_400_000 }, { atMs: receivedMs, byPhone: false }],
    ['by a phone that never heard the server', { atMs: 5, offsetMs: null }, { atMs: 5, byPhone: true }],
  ])('that arrived %s', (_when, more, told) => {
    expect(photoFacts({ ...word, ...more }, exact)).toMatchObject({ how: 'camera', receivedMs, ...told });
  });

  it('is never after its arrival, and the phone’s word only where it is told so', () => {
    const anyMs = fc.integer({ min: 0, max: 4_000_000_000_000 });
    const offset = fc.option(fc.integer({ min: -1e12, max: 1e12 }));
    fc.assert(
      fc.property(anyMs, offset, (atMs, offsetMs) => {
        const told = photoFacts({ ...word, atMs, offsetMs }, exact);
        expect(told.atMs).toBeLessThanOrEqual(receivedMs);
        expect(told.byPhone).toBe(receivedMs - (atMs + (offsetMs ?? 0)) > onTheSpotMs);
      }),
    );
  });

  it('tells the distance where both places are known, and nothing of places to who may not know them', () => {
    const north = { lon: place.lon, lat: place.lat + 0.01 };
    expect(photoFacts({ ...word, place: north }, exact)).toMatchObject({ place: north, distanceM: 1109 });
    expect(photoFacts({ ...word, place: null }, exact)).toMatchObject({ place: null, distanceM: null });
    expect(photoFacts(word, { place: null, exact: true })).toMatchObject({ place, distanceM: null });
    expect(Object.keys(photoFacts(word, { place, exact: false })).toSorted()).toEqual([
      'atMs',
      'byPhone',
      'how',
      'receivedMs',
    ]);
  });
});
