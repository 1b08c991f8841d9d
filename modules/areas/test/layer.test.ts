import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openRuntime } from '@wangge/kernel';
import type { TestTown } from '@wangge/kernel/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publishVersion } from '../src/actions/publish-version.ts';
import { areaIndex, areas, importAreas } from '../src/index.ts';
import { admin, type Box, boxes, codeAt, columns, fourGrids, openAreasTown, send } from './support.ts';

let town: TestTown;
beforeEach(async () => {
  town = await openAreasTown();
});
afterEach(() => town.close());

const overlapping: Box[] = [
  { code: 'b', at: [0, 0], size: [2, 2] },
  { code: 'a', at: [1, 1], size: [2, 2] },
];

describe('a reference layer', () => {
  it('answers by the smallest code where nothing was published, and never becomes a version in force', async () => {
    const options = { geojson: boxes(overlapping), level: 'grid', ...columns, acceptFaults: true } as const;
    const { version, findings } = await importAreas(town.rt, options, admin);
    expect([version.state, version.faults.overlaps, findings.length]).toEqual(['layer', 1, 1]);
    expect([codeAt(town, 0.5, 0.5), codeAt(town, 1.5, 1.5), codeAt(town, 0.5, 2.5)]).toEqual(['b', 'a', null]);
    await expect(publishVersion(town.rt, admin, version.id)).rejects.toMatchObject({ code: 'move-not-allowed' });
    const again = await importAreas(town.rt, options, admin);
    expect([again.unchanged, again.version.id]).toEqual([true, version.id]);

    // Published grids take its place, and no layer takes theirs.
    await importAreas(town.rt, { geojson: boxes(fourGrids), level: 'grid', ...columns, publish: true }, admin);
    expect(codeAt(town, 1.5, 1.5)).toBe('990101100201004');
    const third = { ...options, geojson: boxes([...overlapping, { code: 'c', at: [4, 4] }]) };
    expect((await importAreas(town.rt, third, admin)).version.state).toBe('layer');
    expect(codeAt(town, 1.5, 1.5)).toBe('990101100201004');
  });
  it('without faults is a draft like any other', async () => {
    const options = { geojson: boxes(fourGrids), level: 'grid', ...columns, acceptFaults: true } as const;
    expect((await importAreas(town.rt, options, admin)).version.state).toBe('draft');
  });
});

describe('small faults', () => {
  // A tenth of a millidegree is some ten metres.
  const crooked: Box[] = [
    ...fourGrids.slice(0, 3),
    { code: '990101100201004', at: [1.01, 1.005], size: [0.99, 0.995] },
  ];
  it('are repaired within the tolerance given, and what moved is told', async () => {
    const options = { geojson: boxes(crooked), level: 'grid', ...columns, publish: true } as const;
    const { version, moved } = await importAreas(town.rt, { ...options, snapM: 15 }, admin);
    expect(version.state).toBe('published');
    expect(moved.length).toBeGreaterThan(0);
    expect(Math.max(...moved.map((one) => one.maxM))).toBeLessThanOrEqual(15.005);
    const at = areaIndex(town.rt).locate(119.010_05, 31.015);
    expect(at?.grid?.code).toMatch(/00[34]$/);
  });
});

describe('a place on a border', () => {
  it('belongs to the same grid whatever the order of the file, the version or the process', async () => {
    const places = [
      [1, 0.5],
      [0.5, 1],
      [1, 1],
      [0, 0],
      [2, 2],
      [1, 2],
      [0, 1.5],
    ] as const;
    const answers = () => places.map(([x, y]) => codeAt(town, x, y));
    await importAreas(town.rt, { geojson: boxes(fourGrids), level: 'grid', ...columns, publish: true }, admin);
    const first = answers();
    expect(first).not.toContain(null);
    const renamed = fourGrids.toReversed().map((grid) => ({ ...grid, name: '改' }));
    await importAreas(town.rt, { geojson: boxes(renamed), level: 'grid', ...columns, publish: true }, admin);
    expect(answers()).toEqual(first);
    const other = await openRuntime(town.rt.config, [areas], { clock: town.clock });
    try {
      expect(places.map(([x, y]) => codeAt({ rt: other }, x, y))).toEqual(first);
    } finally {
      await other.close();
    }
  });
});

const real = fileURLToPath(new URL('../../../../shared/data/geo/neighborhoods-dirty.geojson', import.meta.url));

describe('the real neighbourhoods with their faults', () => {
  it('are refused as grids and accepted as a layer', async ({ skip }) => {
    if (!existsSync(real)) skip(`${real} is not here`);
    const options = {
      geojson: readFileSync(real, 'utf8'),
      level: 'grid',
      codeColumn: 'nc_id',
      nameColumn: 'name',
    } as const;
    const { version } = await importAreas(town.rt, options, admin);
    expect(version).toMatchObject({ state: 'draft', areaCount: 101 });
    expect(version.faults.overlaps).toBeGreaterThan(50);
    await expect(publishVersion(town.rt, admin, version.id)).rejects.toMatchObject({ code: 'tiling-faulty' });
    expect(areaIndex(town.rt).versionId).toBeNull();

    const layer = await importAreas(town.rt, { ...options, acceptFaults: true, townName: '洛城' }, admin);
    expect(layer.version.state).toBe('layer');
    const index = areaIndex(town.rt);
    expect(index.versionId).toBe(layer.version.id);
    expect(index.locate(-118.2437, 34.0522)?.grid?.name).toBeDefined();
    expect(index.byCode('000000000')?.name).toBe('洛城');
    const shapes = await send(town, 'leader', 'GET', '/api/areas/shapes?level=town');
    expect(shapes.json<{ shapes: { polygons: unknown[] }[] }>().shapes[0]?.polygons.length).toBeGreaterThan(0);
  }, 120_000);
});
