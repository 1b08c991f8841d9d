import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tiling } from '@wangge/geo/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wangge } from './support/run-command.ts';

// Real neighbourhoods kept beside the project where there is a copy; not part of it.
const neighbourhoods = join(import.meta.dirname, '../../../../shared/data/geo/neighborhoods-dirty.geojson');
let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'wangge-check-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

type Shape = { readonly code: string; readonly polygons: unknown };

function write(name: string, areas: readonly Shape[], more: Record<string, unknown> = {}): string {
  const features = areas.map(({ code, polygons }) => ({
    type: 'Feature',
    properties: { code, name: code, ...more },
    geometry: { type: 'MultiPolygon', coordinates: polygons },
  }));
  const path = join(home, name);
  writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features }));
  return path;
}

const square = (west: number, east: number) => [
  [
    [
      [west, 31],
      [east, 31],
      [east, 31.01],
      [west, 31.01],
      [west, 31],
    ],
  ],
];

describe('wangge areas check', () => {
  it('finds nothing in a tiling, and everything in a broken one', async () => {
    const areas = tiling(50, 7);
    const clean = await wangge('areas', 'check', write('clean.geojson', areas));
    expect(clean).toMatchObject({ code: 0, err: '', out: '50 areas without fault.\n' });

    const overlapping = [
      { code: 'a', polygons: square(119, 119.011) },
      { code: 'b', polygons: square(119.01, 119.02) },
      { code: 'c', polygons: square(119.01, 119.02) },
    ];
    const file = write('overlapping.geojson', overlapping);
    const map = join(home, 'findings.geojson');
    const found = await wangge('areas', 'check', file, '--json', '--geojson', map);
    expect(found.code).toBe(1);
    const report = JSON.parse(found.out) as Record<string, { areas: string[]; areaM2: number }[]>;
    expect(report['overlaps']?.map((one) => one.areas.join())).toEqual(['a,b', 'a,c']);
    expect(report['duplicates']?.map((one) => one.areas.join())).toEqual(['b,c']);
    expect(report['overlaps']?.[0]?.areaM2).toBeCloseTo(105_900, -3);
    const features = (JSON.parse(readFileSync(map, 'utf8')) as { features: unknown[] }).features;
    expect(features.length).toBeGreaterThanOrEqual(3);
  });

  it('is as exact as publishing, and lists from a least area where it is told to', async () => {
    // Land of two: a centimetre wide, a kilometre long.
    const areas = [
      { code: 'a', polygons: square(119, 119.000_000_1) },
      { code: 'b', polygons: square(119, 119.01) },
    ];
    const file = write('hair.geojson', areas);
    const exact = await wangge('areas', 'check', file);
    expect(exact.code).toBe(1);
    expect(exact.out).toContain('overlaps');
    const coarse = await wangge('areas', 'check', file, '--least', '50');
    expect(coarse).toMatchObject({ code: 0 });
    expect(coarse.out).toMatch(/findings of less than the least area were not listed/);
  });

  it('repairs within a tolerance and tells what moved', async () => {
    // Two metres of gap between two squares.
    const areas = [
      { code: 'a', polygons: square(119, 119.01) },
      { code: 'b', polygons: square(119.01002, 119.02) },
    ];
    const file = write('gap.geojson', areas);
    const snapped = await wangge('areas', 'check', file, '--snap', '3');
    expect(snapped.code).toBe(0);
    expect(snapped.out).toMatch(/areas were moved, by at most [12]\.\d\d m[\s\S]*2 areas without fault\./);
  });

  it.each<[string, string[], RegExp]>([
    ['a mistyped column', ['--code-column', 'id'], /no column "id"; there are: code, name/],
    ['a level that is none', ['--level', 'street'], /^--level: one of county/],
    ['no number', ['--snap', 'far'], /^--snap: a number/],
    ['an unknown system', ['--coordinates', 'mars'], /^--coordinates: one of wgs84/],
    ['a missing file', [], /^Cannot read/],
  ])('refuses %s in one line', async (what, args, line) => {
    const file = what === 'a missing file' ? join(home, 'none.geojson') : write('one.geojson', tiling(4, 1));
    const { code, out, err } = await wangge('areas', 'check', file, ...args);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(line);
    expect(err.trim()).not.toContain('\n');
  });

  it('names every feature that is no area', async () => {
    const [first, second] = tiling(4, 1);
    const file = write(
      'twice.geojson',
      [first, second, first].flatMap((one) => (one ? [one] : [])),
    );
    const { code, err } = await wangge('areas', 'check', file);
    expect(code).toBe(1);
    expect(err).toMatch(/^feature 3 \(.*\): code .* is also that of feature 1\n.*1 of 3 features are no areas\n$/);
  });

  it('counts what PostGIS counts in real neighbourhoods', async (context) => {
    if (!existsSync(neighbourhoods)) return context.skip('the neighbourhood file is not beside the project');
    const { code, out } = await wangge('areas', 'check', neighbourhoods, '--code-column', 'name', '--least', '1');
    expect(code).toBe(1);
    expect(out).toMatch(/^127 overlaps \(land that two have\), 76\.7\d km²$/m);
    expect(out).toMatch(/^99 areas with faults\.$/m);
  });
});
