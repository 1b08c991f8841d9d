/** A tiling is exact or it is not published; drafts can be deleted; files bring numbers of people. */
import type { TestTown } from '@wangge/kernel/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publishVersion } from '../src/actions/publish-version.ts';
import { areaIndex, importAreas } from '../src/index.ts';
import { admin, type Box, boxes, columns, fourGrids, openAreasTown, send } from './support.ts';

let town: TestTown;
beforeEach(async () => {
  town = await openAreasTown();
});
afterEach(() => town.close());

const load = (list: readonly Box[], more: object = {}) =>
  importAreas(town.rt, { geojson: boxes(list), level: 'grid', ...columns, ...more }, admin);
const remove = (id: string, as = 'system-admin') => send(town, as, 'DELETE', `/api/areas/versions/${id}`);

describe('publishing', () => {
  // A strip of a hundredth of a metre, a metre long.
  const hair: Box[] = [
    { code: 'a', at: [0, 0], size: [1.000_01, 0.001] },
    { code: 'b', at: [1, 0], size: [1, 0.001] },
  ];
  it('refuses an overlap of less than a square metre, and names it', async () => {
    const { version, findings } = await load(hair);
    expect(version.state).toBe('draft');
    // Land of two, and thin at that.
    expect(findings.map((one) => one.kind)).toEqual(['overlaps', 'slivers']);
    for (const one of findings) expect(one.areaM2).toBeLessThan(1);
    const refused = publishVersion(town.rt, admin, version.id);
    await expect(refused).rejects.toMatchObject({
      code: 'tiling-faulty',
      details: {
        overlaps: 1,
        findings: ['overlaps', 'slivers'].map((kind) => ({
          kind,
          codes: ['a', 'b'],
          areaM2: expect.any(Number),
          at: { lon: expect.closeTo(119.01, 4), lat: expect.closeTo(31, 3) },
        })),
        places: ['overlaps', 'slivers'].map((kind) =>
          expect.stringMatching(new RegExp(`^${kind}: a \\| b, 0\\.\\d{4} m², 119\\.01\\d* 31\\.0\\d*$`)),
        ),
      },
    });
    const atOnce = await send(town, 'system-admin', 'POST', `/api/areas/versions/${version.id}/publish`, {});
    expect([atOnce.statusCode, atOnce.json()]).toMatchObject([422, { error: { code: 'tiling-faulty' } }]);
    await expect(load(hair, { publish: true })).rejects.toMatchObject({ code: 'tiling-faulty' });
    expect(areaIndex(town.rt).versionId).toBeNull();
  });
});

describe('deleting', () => {
  it('takes a draft away, with all that hangs on it, once', async () => {
    const { version } = await load(fourGrids);
    expect((await remove(version.id, 'leader')).statusCode).toBe(403);
    expect((await remove(version.id)).json()).toEqual({ ok: true });
    expect((await remove(version.id)).statusCode).toBe(404);
    for (const table of ['versions', 'entries', 'arcs', 'rings'])
      expect((await town.owner.query(`select 1 from areas_${table}`)).rowCount).toBe(0);
    const trail = await town.owner.query('select action from kernel_audit order by seq');
    expect(trail.rows).toEqual([{ action: 'areas.import' }, { action: 'areas.delete-version' }]);
    // Imported again it is a draft again, and can be published.
    expect((await load(fourGrids, { publish: true })).version.state).toBe('published');
  });
  it('takes an overtaken draft away, but nothing that is or was in force', async () => {
    const stale = await load(fourGrids.map((g) => ({ ...g, name: '旧稿' })));
    const first = await load(fourGrids, { publish: true });
    const second = await load(
      fourGrids.map((g) => ({ ...g, name: '改名' })),
      { publish: true },
    );
    expect((await remove(stale.version.id)).statusCode).toBe(200);
    for (const { version } of [first, second]) {
      expect((await remove(version.id)).json()).toMatchObject({ error: { code: 'move-not-allowed' } });
    }
    expect(areaIndex(town.rt).versionId).toBe(second.version.id);
  });
  it('meets a publishing at the same moment: one of them has its way, and nothing is half', async () => {
    const { version } = await load(fourGrids);
    const [published, deleted] = await Promise.all([
      send(town, 'system-admin', 'POST', `/api/areas/versions/${version.id}/publish`, {}),
      remove(version.id),
    ]);
    expect([
      [200, 409],
      [404, 200],
    ]).toContainEqual([published.statusCode, deleted.statusCode]);
  });
  it('leaves a layer that is in use', async () => {
    const overlapping: Box[] = [
      { code: 'b', at: [0, 0], size: [2, 2] },
      { code: 'a', at: [1, 1], size: [2, 2] },
    ];
    const used = await load(overlapping, { acceptFaults: true });
    expect(used.version.state).toBe('layer');
    expect((await remove(used.version.id)).statusCode).toBe(409);
    await load(fourGrids, { publish: true });
    const unused = await load([...overlapping, { code: 'c', at: [4, 4] }], { acceptFaults: true });
    expect((await remove(unused.version.id)).statusCode).toBe(200);
  });
});

describe('numbers of people', () => {
  const file = (values: readonly unknown[]): string => {
    const parsed = JSON.parse(boxes(fourGrids)) as { features: { properties: Record<string, unknown> }[] };
    for (const [i, feature] of parsed.features.entries()) feature.properties['heads'] = values[i];
    return JSON.stringify(parsed);
  };
  const heads = () => fourGrids.map((g) => areaIndex(town.rt).byCode(g.code)?.population);
  it('are read from a column; an empty cell leaves what is known', async () => {
    const counted = { populationColumn: 'heads', publish: true };
    await load([], { ...counted, geojson: file([120, '98', '1,234', null]) });
    expect(heads()).toEqual([120, 98, 1234, null]);
    await load([], { ...counted, geojson: file(['', 99, undefined, 7]) });
    expect(heads()).toEqual([120, 99, 1234, 7]);
  });
  it('that are none, or a column that is not there, are refused by row and field', async () => {
    await expect(load([], { populationColumn: 'heads', geojson: file([1, -2, '很多', 3.5]) })).rejects.toMatchObject({
      code: 'row-invalid',
      details: {
        problem: 'bad-count',
        count: 3,
        rows: [expect.stringMatching(/^2: /), expect.anything(), expect.anything()],
        faults: ['-2', '很多', '3.5'].map((value, i) => ({ row: i + 2, column: 'heads', value, problem: 'bad-count' })),
      },
    });
    await expect(load(fourGrids, { householdsColumn: 'homes' })).rejects.toMatchObject({
      code: 'invalid-field',
      field: 'householdsColumn',
    });
  });
});
