import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metresPerDegree } from '@wangge/geo';
import { bearingDeg, nearM, rankSeeing, sightOf, turnDeg } from '../src/cameras/seeing.ts';

const here = { lon: 119.5, lat: 31.4 };
/** The spot so many metres away in a direction. */
function away(deg: number, m: number, from = here) {
  const scale = metresPerDegree(from.lat);
  const rad = (deg * Math.PI) / 180;
  return { lon: from.lon + (Math.sin(rad) * m) / scale.lon, lat: from.lat + (Math.cos(rad) * m) / scale.lat };
}
const camera = (id: string, at: { lon: number; lat: number }, cone: [number, number, number] | null) => ({
  id,
  ...at,
  cone: cone && { bearingDeg: cone[0], angleDeg: cone[1], distanceM: cone[2] },
});

describe('a cone', () => {
  it.each([
    [90, 0, 100, true],
    [90, 29, 100, true],
    [90, 31, 100, false],
    [90, 0, 210, false],
    [350, 20, 100, true],
    [350, -25, 150, true],
    [350, 31, 100, false],
  ])('looking to %d° sees what is %d° off at %d m: %s', (to, off, m, sees) => {
    expect(sightOf(camera('a', here, [to, 60, 200]), away(to + off, m))?.sees).toBe(sees);
  });
  it('all round sees all round, wherever it is said to look', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 359 }),
        fc.integer({ min: 0, max: 359 }),
        fc.integer({ min: 0, max: 195 }),
        (to, at, m) => {
          expect(sightOf(camera('a', here, [to, 360, 200]), away(at, m))?.sees).toBe(true);
        },
      ),
    );
  });
  it('sees exactly what lies within half its angle and its distance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 359 }),
        fc.integer({ min: 2, max: 359 }),
        fc.integer({ min: 0, max: 359 }),
        fc.integer({ min: 5, max: 400 }),
        (to, angle, at, m) => {
          const off = Math.min((at - to + 360) % 360, (to - at + 360) % 360);
          fc.pre(Math.abs(off - angle / 2) > 0.2 && Math.abs(m - 200) > 1);
          expect(sightOf(camera('a', here, [to, angle, 200]), away(at, m))?.sees ?? false).toBe(
            off < angle / 2 && m < 200,
          );
        },
      ),
    );
  });
});

describe('order', () => {
  it('best is near the axis and near; those that only stand near come behind, nearest first', () => {
    const cameras = [
      camera('stands-100', away(0, 100), null),
      camera('edge', away(180, 50), [28, 60, 200]),
      camera('axis', away(180, 50), [0, 60, 200]),
      camera('axis-far', away(180, 150), [0, 60, 200]),
      camera('stands-20', away(0, 20), null),
      camera('looks-away', away(180, 30), [180, 60, 200]),
      camera('nowhere', away(0, nearM + 20), null),
    ];
    expect(rankSeeing(cameras, here).map((c) => [c.id, c.sees])).toEqual([
      ['axis', true],
      ['axis-far', true],
      ['edge', true],
      ['stands-20', false],
      ['looks-away', false],
      ['stands-100', false],
    ]);
  });
});

it('angles', () => {
  expect(Math.round(bearingDeg(here, away(0, 100)))).toBe(0);
  expect(Math.round(bearingDeg(here, away(270, 100)))).toBe(270);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 359 }), fc.integer({ min: 0, max: 180 }), (a, d) => {
      expect(turnDeg(a, (a + d) % 360)).toBe(d);
      expect(turnDeg((a + d) % 360, a)).toBe(d);
    }),
  );
});
