import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  areaM2,
  checkTiling,
  fromPolygons,
  neighbours,
  outlineOf,
  rng,
  toPolygons,
  type Area,
  type Polygons,
} from '@wangge/geo';
import { generateDemoTown, tiling } from '@wangge/geo/town';
import { area, box, edited } from './shapes.ts';

const nothing = {
  gaps: [],
  overlaps: [],
  slivers: [],
  selfIntersections: [],
  duplicates: [],
  holes: [],
  outside: [],
  ignored: { count: 0, areaM2: 0 },
  clean: true,
  exact: true,
};
const codesOf = (findings: readonly { areas: readonly string[] }[]) =>
  findings.map(({ areas }) => areas.join('+')).toSorted();
const codesIn = (areas: readonly Area[]) => areas.map(({ code }) => code);
/** Whether an area's border runs along an outline, in either direction. */
function borderIsShared(one: Area, outline: Polygons): boolean {
  const edges = (polygons: Polygons) =>
    polygons.flat().flatMap((ring) => ring.slice(1).map((end, i) => [ring[i]!, end].map(String).toSorted().join(' ')));
  const rim = new Set(edges(outline));
  return edges(one.polygons).some((edge) => rim.has(edge));
}
/** Four squares of about 1 km² each, the middle of the cross at 119.01, 31.01. */
const four = [
  area('sw', box(119, 31, 119.01, 31.01)),
  area('se', box(119.01, 31, 119.02, 31.01)),
  area('nw', box(119, 31.01, 119.01, 31.02)),
  area('ne', box(119.01, 31.01, 119.02, 31.02)),
];
const whole = [[box(119, 31, 119.02, 31.02)]];

describe('a tiling without fault', () => {
  test('has no findings, whatever its shape and order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.integer(), (count, seed) => {
        const areas = tiling(count, seed);
        expect(checkTiling(areas)).toEqual({ areas: count, ...nothing });
        const turned = areas.toReversed().map(({ code, polygons }) => ({
          code,
          polygons: polygons.map((rings) => rings.map((ring) => ring.toReversed())),
        }));
        expect(checkTiling(turned)).toEqual({ areas: count, ...nothing });
      }),
      { numRuns: 20 },
    );
  });

  test('fills its own outline exactly', () => {
    const areas = tiling(50, 3);
    const outline = outlineOf(fromPolygons(areas), codesIn(areas));
    expect(checkTiling(areas, { within: outline, minAreaM2: 0 })).toEqual({ areas: 50, ...nothing });
  });

  test('may have an area inside another, an area of two parts, and none at all', () => {
    const core = box(119.004, 31.004, 119.006, 31.006);
    const islands: Area[] = [
      area('ring', box(119, 31, 119.01, 31.01), core.toReversed()),
      { code: 'core', polygons: [[core], [box(119.02, 31, 119.03, 31.01)]] },
      { code: 'empty', polygons: [] },
    ];
    expect(checkTiling(islands)).toEqual({ areas: 3, ...nothing });
    expect(checkTiling([])).toEqual({ areas: 0, ...nothing });
  });

  test('a vertex that only one side has, on a straight border, is no fault', () => {
    const areas = edited(four, 'sw', ([a, b, c, d]) => [a!, b!, [119.01, 31.005], c!, d!]);
    expect(checkTiling(areas, { minAreaM2: 0 }).exact).toBe(true);
  });
});

describe('every level of the demo town', () => {
  const town = generateDemoTown();
  test.each(['village', 'grid', 'micro-grid'])('%s: tiles its parents', (level) => {
    const parents = new Set(town.areas.filter((one) => one.level === level).map((one) => one.parentCode));
    for (const parent of town.areas.filter(({ code }) => parents.has(code))) {
      const children = town.areas.filter((one) => one.parentCode === parent.code);
      const report = checkTiling(children, { within: parent.polygons, minAreaM2: 0 });
      expect(report).toEqual({ areas: children.length, ...nothing });
    }
  });

  test('survives storing as a topology', () => {
    const micros = town.areas.filter((one) => one.level === 'micro-grid');
    expect(toPolygons(fromPolygons(micros)).map(({ polygons }) => areaM2(polygons))).toEqual(
      micros.map(({ polygons }) => expect.closeTo(areaM2(polygons), 3)),
    );
    expect(checkTiling(toPolygons(fromPolygons(micros)), { minAreaM2: 0 }).exact).toBe(true);
  });
});

describe('faults', () => {
  test('an area left out is a gap of its size, named by its neighbours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.integer(), (row, column, seed) => {
        const areas = tiling(49, seed);
        const at = 7 * row + column;
        const missing = areas[at]!;
        // A cell of the second row may squeeze between two of the first as far as the rim.
        fc.pre(!borderIsShared(missing, outlineOf(fromPolygons(areas), codesIn(areas))));
        const { gaps, clean } = checkTiling(areas.toSpliced(at, 1));
        expect(clean).toBe(false);
        expect(gaps).toHaveLength(1);
        expect(gaps[0]!.areaM2).toBeCloseTo(areaM2(missing.polygons), 2);
        expect(checkTiling([missing, { code: 'gap', polygons: gaps[0]!.geometry }])).toMatchObject({
          duplicates: [{ areas: [missing.code, 'gap'] }],
          overlaps: [],
        });
        const around = neighbours(fromPolygons(areas)).get(missing.code)!;
        expect(gaps[0]!.areas).toEqual(expect.arrayContaining(around));
      }),
      { numRuns: 20 },
    );
  });

  test('at the rim an area left out is just not there', () => {
    // The thirteenth of this tiling lies in the second row, yet reaches the rim between two of the first.
    expect(checkTiling(tiling(49, 0).toSpliced(12, 1)).exact).toBe(true);
    expect(checkTiling(tiling(49, 1).slice(1)).exact).toBe(true);
  });

  test('a gap between areas and a hole within one are told apart', () => {
    const lake = box(119.008, 31.008, 119.012, 31.012);
    const pond = box(119.002, 31.002, 119.004, 31.004);
    const around = [
      area(
        'west',
        [
          [119, 31],
          [119.01, 31],
          [119.01, 31.008],
          [119.008, 31.008],
          [119.008, 31.012],
          [119.01, 31.012],
          [119.01, 31.02],
          [119, 31.02],
          [119, 31],
        ],
        pond,
      ),
      area('east', [
        [119.01, 31],
        [119.02, 31],
        [119.02, 31.02],
        [119.01, 31.02],
        [119.01, 31.012],
        [119.012, 31.012],
        [119.012, 31.008],
        [119.01, 31.008],
        [119.01, 31],
      ]),
    ];
    const report = checkTiling(around);
    expect(codesOf(report.gaps)).toEqual(['east+west']);
    expect(report.gaps[0]!.areaM2).toBeCloseTo(areaM2([[lake]]), 2);
    expect(codesOf(report.holes)).toEqual(['west']);
    expect(report.holes[0]!.areaM2).toBeCloseTo(areaM2([[pond]]), 2);
  });

  test('an overlap is named once for each pair, with the land shared', () => {
    const report = checkTiling([...four, area('extra', box(119.005, 31.002, 119.015, 31.004))]);
    expect(codesOf(report.overlaps)).toEqual(['extra+se', 'extra+sw']);
    expect(report.overlaps[0]!.areaM2).toBeCloseTo(areaM2([[box(119.01, 31.002, 119.015, 31.004)]]), 1);
    expect(report.gaps).toEqual([]);
  });

  test('a large area over many sound ones overlaps each of them', () => {
    const areas = tiling(36, 2);
    const outline = outlineOf(fromPolygons(areas), codesIn(areas));
    const report = checkTiling([...areas, { code: 'all', polygons: outline }]);
    expect(codesOf(report.overlaps)).toEqual(areas.map(({ code }) => `T${code.slice(1)}+all`));
    expect(report.overlaps.reduce((sum, { areaM2: m2 }) => sum + m2, 0)).toBeCloseTo(areaM2(outline), 0);
  });

  test('a vertex moved on one side gives a gap, an overlap or both; the sums agree', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 200 }), (seed, pick) => {
        const areas = tiling(25, seed);
        const moved = areas[12]!;
        const random = rng(seed);
        const broken = edited(areas, moved.code, (ring) =>
          ring.with(pick % ring.length, [
            ring[pick % ring.length]![0] + (random() - 0.5) * 4e-4,
            ring[pick % ring.length]![1] + (random() - 0.5) * 4e-4,
          ]),
        );
        const { gaps, overlaps, selfIntersections, clean } = checkTiling(broken, { minAreaM2: 0 });
        fc.pre(selfIntersections.length === 0);
        const sum = (list: readonly { areaM2: number }[]) => list.reduce((total, finding) => total + finding.areaM2, 0);
        const grown = areaM2(broken[12]!.polygons) - areaM2(moved.polygons);
        expect(clean).toBe(false);
        expect(sum(overlaps) - sum(gaps)).toBeCloseTo(grown, 1);
      }),
      { numRuns: 60 },
    );
  });

  test('an area given twice is a duplicate, not an overlap', () => {
    const twin = { code: 'twin', polygons: [[four[0]!.polygons[0]![0]!.toReversed()]] };
    const report = checkTiling([...four, twin]);
    expect(codesOf(report.duplicates)).toEqual(['sw+twin']);
    expect(report.duplicates[0]!.areaM2).toBeCloseTo(areaM2(twin.polygons), 2);
    expect(report.overlaps).toEqual([]);
    expect(report.clean).toBe(false);
  });

  test('three times the same land makes three pairs of duplicates', () => {
    const [one] = four;
    const twins = [one!, { ...one!, code: 'b' }, { ...one!, code: 'c' }];
    const report = checkTiling([...twins, ...four.slice(1)]);
    expect(codesOf(report.duplicates)).toEqual(['b+c', 'b+sw', 'c+sw']);
    expect(report.overlaps).toEqual([]);
  });

  test('thin gaps and overlaps are slivers too', () => {
    const step = 1 / 96_000;
    const apart = [
      area('a', box(119, 31, 119.01, 31.01)),
      area('b', box(119.01 + step, 31, 119.02, 31.01)),
      area('c', box(119, 31.01, 119.02, 31.02)),
      area('d', box(119, 30.99, 119.02, 31)),
    ];
    const { gaps, slivers } = checkTiling(apart);
    expect(codesOf(gaps)).toEqual(['a+b+c+d']);
    expect(slivers.map(({ kind, areas }) => [kind, ...areas])).toEqual([['gap', 'a', 'b', 'c', 'd']]);
    expect(slivers[0]!.widthM).toBeCloseTo(1, 1);
    expect(checkTiling(apart, { sliverWidthM: 0.5 }).slivers).toEqual([]);
    const over = [apart[0]!, area('b', box(119.01 - step, 31, 119.02, 31.01))];
    expect(checkTiling(over).slivers.map(({ kind }) => kind)).toEqual(['overlap']);
  });

  test.each([
    [
      'crossing',
      [
        [119, 31],
        [119.01, 31.01],
        [119.01, 31],
        [119, 31.01],
        [119, 31],
      ],
      true,
    ],
    [
      'touch',
      [
        [119, 31],
        [119.01, 31],
        [119.005, 31.005],
        [119.01, 31.01],
        [119, 31.01],
        [119.005, 31.005],
        [119, 31],
      ],
      false,
    ],
    [
      'overlay',
      [
        [119, 31],
        [119.01, 31],
        [119.01, 31.01],
        [119.01, 31.02],
        [119.01, 31.01],
        [119, 31.01],
        [119, 31],
      ],
      false,
    ],
  ] as const)('a border that meets itself: %s', (kind, ring, unclear) => {
    const { selfIntersections, clean } = checkTiling([area('a', [...ring])]);
    expect(clean).toBe(false);
    expect(selfIntersections[0]).toMatchObject({ kind, areas: ['a'] });
    expect(selfIntersections[0]!.areaM2 > 1000).toBe(unclear);
  });

  test('an interior ring outside its outer ring', () => {
    const { selfIntersections } = checkTiling([area('a', box(119, 31, 119.01, 31.01), box(119.02, 31, 119.03, 31.01))]);
    expect(selfIntersections.map(({ kind }) => kind)).toEqual(['nesting']);
  });

  test('faults under the limit are counted; exact says that they are there', () => {
    const tiny = edited(four, 'sw', (ring) =>
      ring.toSpliced(2, 0, [119.01, 31.005], [119.009_999_9, 31.005_000_5], [119.01, 31.005_001]),
    );
    const report = checkTiling(tiny);
    expect(report.clean).toBe(true);
    expect(report.exact).toBe(false);
    expect(report.ignored.count).toBe(1);
    expect(checkTiling(tiny, { minAreaM2: 0 }).gaps).toHaveLength(1);
  });

  test('against an outline: what is missing and what sticks out', () => {
    const three = four.slice(0, 3);
    const missing = checkTiling(three, { within: whole });
    expect(codesOf(missing.gaps)).toEqual(['nw+se']);
    expect(missing.gaps[0]!.areaM2).toBeCloseTo(areaM2(four[3]!.polygons), 1);
    const out = checkTiling([...four, area('far', box(119.02, 31, 119.03, 31.01))], { within: whole });
    expect(codesOf(out.outside)).toEqual(['far']);
    expect(out.gaps).toEqual([]);
    const none = checkTiling([], { within: whole });
    expect(none.gaps).toHaveLength(1);
    expect(none.gaps[0]!.areas).toEqual([]);
  });

  test('takes anything: collapsed rings, repeated positions, a scribble', () => {
    const random = rng(1);
    const scribble = Array.from({ length: 60 }, () => [119 + random(), 31 + random()] as const);
    const report = checkTiling([
      area('scribble', [...scribble, scribble[0]!]),
      area('line', box(119, 31, 119, 32)),
      area('point', box(119, 31, 119, 31)),
      area(
        'again',
        box(119, 31, 120, 32).flatMap((p) => [p, p]),
      ),
    ]);
    expect(report.areas).toBe(4);
    expect(report.selfIntersections.length).toBeGreaterThan(10);
    expect(codesOf(report.overlaps)).toEqual(['again+scribble']);
  });
});

const file = new URL('../../../../shared/data/geo/neighborhoods-dirty.geojson', import.meta.url);

describe('99 real neighbourhoods with faults', () => {
  test.skipIf(!existsSync(file))('are counted as PostGIS counts them (data folder needed)', () => {
    const { features } = JSON.parse(readFileSync(file, 'utf8'));
    const areas: Area[] = features.map(
      (one: { properties: { name: string }; geometry: { coordinates: Area['polygons'] } }) => ({
        code: one.properties.name,
        polygons: one.geometry.coordinates,
      }),
    );
    const report = checkTiling(areas);
    expect(report.areas).toBe(99);
    expect([...new Set(report.selfIntersections.flatMap((found) => found.areas))]).toHaveLength(1);
    expect(report.overlaps).toHaveLength(127);
    const km2 = report.overlaps.reduce((sum, found) => sum + found.areaM2, 0) / 1e6;
    expect(km2 / 76.732).toBeCloseTo(1, 3);
    expect(report.duplicates).toEqual([]);
    // All interior rings of the union, down to specks of square millimetres.
    const { gaps, holes, overlaps } = checkTiling(areas, { minAreaM2: 0 });
    expect(gaps.length + holes.length).toBe(255);
    // Shapely (GEOS) finds five more pairs that share less than 1 m².
    expect(overlaps).toHaveLength(132);
  });
});
