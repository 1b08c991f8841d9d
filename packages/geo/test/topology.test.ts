import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areaM2, fromPolygons, neighbours, outlineOf, toPolygons, type Area } from '@wangge/geo';
import { tiling } from '@wangge/geo/town';

/** A ring without regard to where it starts. */
const turned = (ring: readonly (readonly number[])[]) => {
  const open = ring.slice(1).map(String);
  const at = open.indexOf(open.toSorted()[0]!);
  return [...open.slice(at), ...open.slice(0, at)].join(' ');
};
const shapes = (areas: readonly Area[]) =>
  areas.map(({ code, polygons }) => ({ code, rings: polygons.flat().map(turned) }));

const box = (west: number, south: number, east: number, north: number) =>
  [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ] as const;

describe('topology', () => {
  test('gives back the areas it was made of, after JSON too', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer(), (count, seed) => {
        const areas = tiling(count, seed);
        const topology = JSON.parse(JSON.stringify(fromPolygons(areas)));
        expect(shapes(toPolygons(topology))).toEqual(shapes(areas));
      }),
      { numRuns: 15 },
    );
  });

  test('stores each inner border once, used once in each direction', () => {
    const topology = fromPolygons(tiling(100, 4));
    const uses = new Map<number, number[]>();
    for (const ref of topology.areas.flatMap((area) => area.polygons.flat(2))) {
      const arc = ref < 0 ? ~ref : ref;
      uses.set(arc, [...(uses.get(arc) ?? []), ref]);
    }
    expect(uses.size).toBe(topology.arcs.length);
    const shared = [...uses.values()].filter((refs) => refs.length === 2);
    expect([...uses.values()].every((refs) => refs.length <= 2)).toBe(true);
    expect(shared.length).toBeGreaterThan(200);
    for (const refs of shared) expect(refs[0]! < 0).not.toBe(refs[1]! < 0);
    expect(topology.arcs.flat().every(Number.isInteger)).toBe(true);
  });

  test('keeps interior rings, several parts, and an area inside another', () => {
    const areas: Area[] = [
      { code: 'a', polygons: [[box(0, 0, 3, 3), box(1, 1, 2, 2)], [box(5, 5, 6, 6)]] },
      { code: 'b', polygons: [[box(1, 1, 2, 2)]] },
    ];
    const topology = fromPolygons(areas);
    expect(shapes(toPolygons(topology))).toEqual(shapes(areas));
    expect(topology.arcs).toHaveLength(3);
    expect(neighbours(topology)).toEqual(
      new Map([
        ['a', ['b']],
        ['b', ['a']],
      ]),
    );
  });

  test('neighbours share a border, not just a corner', () => {
    const topology = fromPolygons([
      { code: 'sw', polygons: [[box(0, 0, 1, 1)]] },
      { code: 'se', polygons: [[box(1, 0, 2, 1)]] },
      { code: 'nw', polygons: [[box(0, 1, 1, 2)]] },
      { code: 'far', polygons: [[box(8, 8, 9, 9)]] },
    ]);
    expect(neighbours(topology)).toEqual(
      new Map([
        ['sw', ['nw', 'se']],
        ['se', ['sw']],
        ['nw', ['sw']],
        ['far', []],
      ]),
    );
  });

  test('rings that vanish in rounding are left out, the area stays', () => {
    const topology = fromPolygons([
      { code: 'dust', polygons: [[box(0, 0, 1e-9, 1e-9)]] },
      { code: 'a', polygons: [[box(0, 0, 1, 1), box(0.5, 0.5, 0.500000001, 0.500000001)]] },
    ]);
    expect(topology.areas.map((area) => area.polygons.flat().length)).toEqual([0, 1]);
    expect(toPolygons(topology)[0]).toEqual({ code: 'dust', polygons: [] });
  });

  test('the outline of parts is their union, to the square metre', () => {
    const areas = tiling(80, 6);
    const topology = fromPolygons(areas);
    const codes = areas.slice(0, 40).map((area) => area.code);
    const outline = outlineOf(topology, codes);
    const sum = areas.slice(0, 40).reduce((m2, area) => m2 + areaM2(area.polygons), 0);
    expect(areaM2(outline)).toBeCloseTo(sum, 0);
    expect(outlineOf(topology, [])).toEqual([]);
  });

  test('a topology that lost an arc is refused', () => {
    const { arcs, areas } = fromPolygons(tiling(4, 1));
    expect(() => toPolygons({ arcs: arcs.slice(1), areas })).toThrow(/missing/);
  });
});
