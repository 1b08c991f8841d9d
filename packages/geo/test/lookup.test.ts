import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  boundsOf,
  buildAreaIndex,
  distanceToSegmentM,
  interiorPoint,
  metresPerDegree,
  rng,
  type Area,
  type LonLat,
} from '@wangge/geo';
import { tiling } from '@wangge/geo/town';
import { areasEastOf } from './exact-reference.ts';

const square = (code: string, west: number, south: number, size = 1): Area => ({
  code,
  polygons: [
    [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ],
    ],
  ],
});

/** All positions that are hard: vertices, middles of edges, and as many places at random. */
function hardPlaces(areas: readonly Area[], seed: number): LonLat[] {
  const random = rng(seed);
  const edges = areas.flatMap(({ polygons }) =>
    polygons.flat().flatMap((ring) => ring.slice(1).map((b, i) => [ring[i]!, b] as const)),
  );
  const [west, south, east, north] = boundsOf(edges.flat());
  return edges.flatMap(([a, b]) => [
    a,
    [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as const,
    [west + (east - west) * random(), south + (north - south) * random()] as const,
  ]);
}

describe('point location', () => {
  test('agrees with exact arithmetic everywhere in random tilings', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer(), (count, seed) => {
        const areas = tiling(count, seed);
        const index = buildAreaIndex(areas);
        for (const [lon, lat] of hardPlaces(areas, seed).slice(0, 500)) {
          const expected = areasEastOf(areas, lon, lat);
          expect(expected.length).toBeLessThanOrEqual(1);
          const found = index.locate(lon, lat);
          // Beyond the outer border the reference knows nothing: there the area inside is right.
          const allowed = expected.length > 0 ? expected : [...index.covering(lon, lat), null];
          expect(allowed).toContain(found);
          expect(found === null).toBe(index.covering(lon, lat).length === 0);
        }
      }),
      { numRuns: 12 },
    );
  });

  test('does not depend on the order of the areas, nor on where rings start', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.integer(), (count, seed) => {
        const areas = tiling(count, seed);
        const random = rng(seed);
        const turned = areas.map(({ code, polygons }) => ({
          code,
          polygons: polygons.map((rings) =>
            rings.map((ring) => {
              const open = ring.slice(1);
              const from = Math.floor(random() * open.length);
              const start = [...open.slice(from), ...open.slice(0, from)];
              return random() < 0.5 ? [...start, start[0]!] : [...start, start[0]!].toReversed();
            }),
          ),
        }));
        const shuffled = turned
          .map((area) => ({ area, at: random() }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ area }) => area);
        const one = buildAreaIndex(areas);
        const other = buildAreaIndex(shuffled);
        for (const place of hardPlaces(areas, seed).slice(0, 800)) {
          expect(other.locate(...place)).toBe(one.locate(...place));
        }
      }),
      { numRuns: 20 },
    );
  });

  test('borders belong to the east or north, the outer border to the area inside', () => {
    const index = buildAreaIndex([square('a', 0, 0), square('b', 1, 0), square('c', 0, 1), square('d', 1, 1)]);
    expect(index.locate(1, 0.5)).toBe('b');
    expect(index.locate(0.5, 1)).toBe('c');
    expect(index.locate(1, 1)).toBe('d');
    expect(index.locate(0, 0)).toBe('a');
    expect(index.locate(2, 0.5)).toBe('b');
    expect(index.locate(2, 2)).toBe('d');
    expect(index.locate(0, 2)).toBe('c');
    expect(index.locate(2, 0)).toBe('b');
    expect(index.locate(2.0000001, 0)).toBeNull();
    expect(index.covering(1, 1)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a parent and its parts agree on every border', () => {
    const grids = tiling(30, 5);
    const grid = buildAreaIndex(grids);
    const parents = buildAreaIndex(
      [0, 1, 2].map((i) => ({
        code: `V${i}`,
        // A multipolygon: parts that touch along borders, so parity must be kept per part.
        polygons: grids.filter((_, n) => n % 3 === i).flatMap((area) => area.polygons),
      })),
    );
    for (const place of hardPlaces(grids, 1)) {
      const code = grid.locate(...place);
      const n = code === null ? -1 : Number(code.slice(1)) - 1;
      expect(parents.locate(...place)).toBe(code === null ? null : `V${n % 3}`);
    }
  });

  test('interior rings are outside; an area in one has its border', () => {
    const outer = square('a', 0, 0, 3).polygons[0]![0]!;
    const inner = square('b', 1, 1, 1).polygons[0]![0]!;
    const index = buildAreaIndex([
      { code: 'ring', polygons: [[outer, inner.toReversed()]] },
      { code: 'core', polygons: [[inner]] },
    ]);
    expect(index.locate(1.5, 1.5)).toBe('core');
    expect(index.locate(1, 1.5)).toBe('core');
    expect(index.locate(2, 1.5)).toBe('ring');
    expect(index.locate(0.5, 1.5)).toBe('ring');
  });

  test('overlaps go to the smallest code, gaps to none', () => {
    const index = buildAreaIndex([square('b', 0, 0, 2), square('a', 1, 1, 2), square('c', 5, 5)]);
    expect(index.locate(1.5, 1.5)).toBe('a');
    expect(index.locate(0.5, 0.5)).toBe('b');
    expect(index.locate(4, 4)).toBeNull();
  });

  test('refuses a repeated code; takes no areas, empty areas and NaN', () => {
    expect(() => buildAreaIndex([square('a', 0, 0), square('a', 1, 0)])).toThrow('a is given twice');
    const none = buildAreaIndex([]);
    expect([none.locate(1, 1), none.nearest(1, 1), none.coarsePoint(1, 1)]).toEqual([null, null, null]);
    const index = buildAreaIndex([{ code: 'empty', polygons: [] }, square('a', 0, 0)]);
    expect(index.codes).toEqual(['a', 'empty']);
    expect(index.locate(Number.NaN, 0.5)).toBeNull();
    expect(index.locate(0.5, Infinity)).toBeNull();
    expect(index.nearest(Number.NaN, 0)).toBeNull();
  });
});

describe('nearest area', () => {
  test('is 0 m inside and exact outside', () => {
    const index = buildAreaIndex([square('a', 119, 31, 0.01), square('b', 119.02, 31, 0.01)]);
    expect(index.nearest(119.005, 31.005)).toEqual({ code: 'a', metres: 0 });
    const found = index.nearest(119.013, 31.005)!;
    expect(found.code).toBe('a');
    expect(found.metres).toBeCloseTo(0.003 * metresPerDegree(31.005).lon, 3);
    // From far away the first square searched is empty.
    expect(index.nearest(121, 31.005)!.code).toBe('b');
  });

  test('agrees with measuring every edge', () => {
    const areas = tiling(20, 3);
    const index = buildAreaIndex(areas);
    const random = rng(9);
    for (let i = 0; i < 200; i++) {
      const place: LonLat = [119 + (random() - 0.5) * 0.2, 31.5 + (random() - 0.5) * 0.2];
      const found = index.nearest(...place)!;
      const least = Math.min(
        ...areas.flatMap(({ polygons }) =>
          polygons.flat().flatMap((ring) => ring.slice(1).map((b, k) => distanceToSegmentM(place, ring[k]!, b))),
        ),
      );
      const expected = index.locate(...place) === null ? least : 0;
      expect(found.metres).toBeCloseTo(expected, 6);
    }
  });
});

describe('label points', () => {
  test('lie inside their area, also in bent and pierced shapes', () => {
    for (const area of tiling(60, 11)) {
      const point = interiorPoint(area.polygons)!;
      expect(areasEastOf([area], ...point)).toEqual([area.code]);
    }
    const outer = square('a', 0, 0, 3).polygons[0]![0]!;
    const inner = square('b', 0.5, 0.5, 2).polygons[0]![0]!;
    const ring: Area = { code: 'ring', polygons: [[outer, inner]] };
    expect(areasEastOf([ring], ...interiorPoint(ring.polygons)!)).toEqual(['ring']);
    expect(interiorPoint([])).toBeNull();
    expect(
      interiorPoint([
        [
          [
            [1, 1],
            [2, 2],
            [1, 1],
            [1, 1],
          ],
        ],
      ]),
    ).toBeNull();
  });

  test('are what is told to the public about a place', () => {
    const index = buildAreaIndex([square('a', 0, 0), square('b', 1, 0)]);
    const told = index.coarsePoint(0.1, 0.9)!;
    expect(index.locate(...told)).toBe('a');
    expect(index.coarsePoint(0.8, 0.2)).toEqual(told);
    expect(index.coarsePoint(9, 9)).toBeNull();
  });
});
