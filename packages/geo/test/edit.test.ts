/** Edits of borders: known answers on squares, and properties on random tilings of many-cornered areas. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areaM2, checkTiling } from '@wangge/geo';
import {
  addCorner,
  type Corner,
  cornerKey,
  EditProblem,
  allEdges,
  type Mosaic,
  moveCorners,
  polygonsOf,
  removeCorner,
  rimCorners,
  splitTiles,
  type Tile,
  tileOf,
} from '@wangge/geo/edit';
import { tiling } from '@wangge/geo/town';

const square = (x: number, y: number): Tile => [
  [
    [
      [x, y],
      [x + 10_000, y],
      [x + 10_000, y + 10_000],
      [x, y + 10_000],
    ],
  ],
];
/** Nine squares of about a hundred metres: `00` is the south-western, `22` the north-eastern. */
const nine: Mosaic = new Map(
  [0, 1, 2].flatMap((x) => [0, 1, 2].map((y) => [`${x}${y}`, square(x * 10_000, y * 10_000)] as const)),
);
const ofSeed = (seed: number): Mosaic =>
  new Map(tiling(24, seed).map(({ code, polygons }) => [code, tileOf(polygons)]));
const size = (mosaic: Mosaic): number => [...mosaic.values()].reduce((sum, tile) => sum + areaM2(polygonsOf(tile)), 0);
const faults = (mosaic: Mosaic): number => {
  const report = checkTiling(
    Array.from(mosaic, ([code, tile]) => ({ code, polygons: polygonsOf(tile) })),
    { minAreaM2: 0 },
  );
  return report.gaps.length + report.overlaps.length + report.selfIntersections.length + report.duplicates.length;
};
const problem = (edit: () => unknown): string | null => {
  try {
    edit();
    return null;
  } catch (error) {
    if (error instanceof EditProblem) return error.problem;
    throw error;
  }
};
const innerCorners = (mosaic: Mosaic): Corner[] => {
  const rim = rimCorners(mosaic);
  const all = new Map(Array.from(allEdges(mosaic.values()), ([corner]) => [cornerKey(corner), corner]));
  return [...all].filter(([key]) => !rim.has(key)).map(([, corner]) => corner);
};

describe('corners', () => {
  test('move for all tiles that have them', () => {
    const after = moveCorners(nine, [{ from: [10_000, 10_000], to: [12_000, 11_000] }]);
    for (const id of ['00', '01', '10', '11']) expect(after.get(id)?.flat(2)).toContainEqual([12_000, 11_000]);
    expect(after.get('22')).toBe(nine.get('22'));
    expect(faults(after)).toBe(0);
  });
  test('are refused where borders would cross, a corner is, or the land ends', () => {
    const to = (x: number, y: number) => problem(() => moveCorners(nine, [{ from: [10_000, 10_000], to: [x, y] }]));
    expect(to(25_000, 10_000)).toBe('borders-cross');
    expect(to(20_000, 20_000)).toBe('corner-taken');
    // Onto an edge, and beyond it.
    expect(to(20_000, 15_000)).toBe('borders-cross');
    expect(to(-1, -1)).toBe('borders-cross');
    expect(problem(() => moveCorners(nine, [{ from: [10_000, 0], to: [10_000, 1] }]))).toBe('outer-border');
    expect(problem(() => moveCorners(nine, [{ from: [1, 1], to: [2, 2] }]))).toBe('no-such-corner');
  });
  test('are added to both sides of a border and taken out again', () => {
    const more = addCorner(nine, [10_000, 10_000], [20_000, 10_000], [15_000, 13_000]);
    expect(more.get('10')?.flat()).toEqual([expect.arrayContaining([[15_000, 13_000]])]);
    expect(more.get('11')?.[0]?.[0]).toHaveLength(5);
    expect(faults(more)).toBe(0);
    expect([...removeCorner(more, [15_000, 13_000])]).toEqual([...nine]);
    expect(problem(() => removeCorner(nine, [10_000, 10_000]))).toBe('corner-needed');
    expect(problem(() => addCorner(nine, [0, 0], [10_000, 0], [5000, 1]))).toBe('outer-border');
    expect(problem(() => addCorner(nine, [0, 0], [20_000, 0], [5000, 1]))).toBe('no-such-border');
  });
  test('moved at random keep a tiling without gap or overlap, all land, and come back exactly', () => {
    let moved = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: -9000, max: 9000 }), fc.integer({ min: -9000, max: 9000 })), {
          minLength: 1,
          maxLength: 6,
        }),
        (seed, steps) => {
          let mosaic = ofSeed(seed);
          const land = size(mosaic);
          for (const [n, dx, dy] of steps) {
            const corners = innerCorners(mosaic);
            const from = corners[n % corners.length]!;
            const to: Corner = [from[0] + dx, from[1] + dy];
            const before = mosaic;
            if (problem(() => (mosaic = moveCorners(before, [{ from, to }]))) !== null) continue;
            moved++;
            expect([...moveCorners(mosaic, [{ from: to, to: from }])]).toEqual([...before]);
          }
          expect(faults(mosaic)).toBe(0);
          expect(size(mosaic)).toBeCloseTo(land, 1);
        },
      ),
      { numRuns: 25 },
    );
    expect(moved).toBeGreaterThan(20);
  });
});

describe('splitting', () => {
  const cut = (ids: string[], ...line: Corner[]) => splitTiles(nine, ids, line);
  const whole = (split: ReturnType<typeof splitTiles>): Mosaic => {
    const out = new Map(split.noded);
    for (const id of [...split.left.keys(), ...split.right.keys()]) out.delete(id);
    for (const [id, tile] of split.left) out.set(`${id} left`, tile);
    for (const [id, tile] of split.right) out.set(`${id} right`, tile);
    return out;
  };
  test('divides a tile in two; the neighbours get the corners', () => {
    const split = cut(['11'], [5000, 13_000], [25_000, 15_000]);
    expect([[...split.left.keys()], [...split.right.keys()]]).toEqual([['11'], ['11']]);
    expect(split.left.get('11')?.flat(2)).toContainEqual([10_000, 20_000]);
    expect(split.right.get('11')?.flat(2)).toContainEqual([10_000, 10_000]);
    expect(split.noded.get('01')?.flat(2)).toContainEqual([10_000, 13_500]);
    expect(split.noded.get('21')?.flat(2)).toContainEqual([20_000, 14_500]);
    expect(faults(whole(split))).toBe(0);
  });
  test('divides several tiles, cut and whole, along a bent line', () => {
    const split = cut(['00', '01', '10', '11'], [-10, 5000], [15_000, 5000], [15_000, 25_000]);
    expect([[...split.left.keys()], [...split.right.keys()]]).toEqual([
      ['00', '01', '10', '11'],
      ['00', '10', '11'],
    ]);
    expect(faults(whole(split))).toBe(0);
  });
  test('may run along borders, without cutting any tile', () => {
    const split = cut(['00', '01', '10', '11'], [10_000, 0], [10_000, 10_000], [10_000, 20_000]);
    expect([[...split.left.keys()], [...split.right.keys()]]).toEqual([
      ['00', '01'],
      ['10', '11'],
    ]);
    expect(split.left.get('00')).toEqual(nine.get('00'));
  });
  test('is refused for a line that does not reach across, crosses itself, or lies elsewhere', () => {
    expect(problem(() => cut(['11'], [5000, 15_000], [15_000, 15_000]))).toBe('line-does-not-cut');
    expect(problem(() => cut(['11'], [1, 1], [2, 2]))).toBe('line-does-not-cut');
    expect(problem(() => cut(['11'], [5000, 15_000], [25_000, 15_000], [25_000, 17_000], [15_000, 12_000]))).toBe(
      'line-unclear',
    );
    expect(problem(() => cut(['11'], [5000, 15_000]))).toBe('line-unclear');
  });
  test('at random leaves a tiling and all land', () => {
    let done = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.nat(), fc.nat(), fc.nat(), (seed, n, a, b) => {
        const mosaic = ofSeed(seed);
        const ids = [...mosaic.keys()];
        const id = ids[n % ids.length]!;
        const shell = mosaic.get(id)![0]![0]!;
        const middle = (i: number): Corner => {
          const [p, q] = [shell[i % shell.length]!, shell[(i + 1) % shell.length]!];
          return [Math.round((p[0] + q[0]) / 2), Math.round((p[1] + q[1]) / 2)];
        };
        let split: ReturnType<typeof splitTiles> | null = null;
        if (problem(() => (split = splitTiles(mosaic, [id], [middle(a), middle(b)]))) !== null || !split) return;
        done++;
        const after = whole(split);
        expect(faults(after)).toBe(0);
        expect(size(after)).toBeCloseTo(size(mosaic), 0);
      }),
      { numRuns: 40 },
    );
    expect(done).toBeGreaterThan(8);
  });
});
