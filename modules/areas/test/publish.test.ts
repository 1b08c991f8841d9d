import { onHook, defineModule, sql } from '@wangge/kernel';
import { openRuntime } from '@wangge/kernel';
import { type TestTown, until } from '@wangge/kernel/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publishVersion } from '../src/actions/publish-version.ts';
import { areaIndex, areas, areasPublishing, importAreas, previewPublishing } from '../src/index.ts';
import { admin, type Box, boxes, codeAt, columns, fourGrids, openAreasTown, send } from './support.ts';

/** Stands in for incidents: counts what it is told, and may refuse. */
const seen: { versionId: string; codes: string[]; effectiveAtMs: number }[] = [];
let refuse = false;
const listener = defineModule({
  name: 'listener',
  migrations: new URL('./no-migrations/', import.meta.url),
  on: [
    onHook(areasPublishing, async (tx, { versionId, index, effectiveAtMs }) => {
      if (refuse) throw new Error('the listener refuses');
      await tx.one(sql`select 1 as ok where kernel_is_system()`);
      seen.push({ versionId, codes: index.all().map((a) => a.code), effectiveAtMs });
    }),
    onHook(previewPublishing, (_tx, { index, answer }) => {
      answer.movingIncidents += index.all().length;
      return Promise.resolve();
    }),
  ],
});

let town: TestTown;
beforeEach(async () => {
  seen.length = 0;
  refuse = false;
  town = await openAreasTown([listener]);
});
afterEach(() => town.close());

const draft = (list: readonly Box[], more: object = {}) =>
  importAreas(town.rt, { geojson: boxes(list), level: 'grid', ...columns, ...more }, admin);

describe('publishing', () => {
  it('brings a clean draft into force with everything that hangs on it', async () => {
    const { version, findings } = await draft(fourGrids, { note: '首次' });
    expect([version.state, version.areaCount, findings]).toEqual(['draft', 6, []]);
    expect(areaIndex(town.rt).versionId).toBeNull();
    expect(codeAt(town, 0.5, 0.5)).toBeNull();

    const published = await publishVersion(town.rt, admin, version.id);
    expect([published.state, published.effectiveAtMs]).toEqual(['published', town.clock.nowMs()]);
    expect(codeAt(town, 0.5, 0.5)).toBe('990101100201001');
    expect(areaIndex(town.rt).byCode('990101100201001')?.path).toBe('990101/990101100/990101100201001/');
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ versionId: version.id, effectiveAtMs: town.clock.nowMs() });
    const events = await town.owner.query(`select type, area_path, live from kernel_outbox`);
    expect(events.rows).toEqual([{ type: 'areas.changed', area_path: '', live: true }]);
    const trail = await town.owner.query(`select action, actor_name, actor_id from kernel_audit order by seq`);
    expect(trail.rows).toEqual([
      { action: 'areas.import', actor_name: '测试员', actor_id: admin.id },
      { action: 'areas.publish', actor_name: '测试员', actor_id: admin.id },
    ]);
  });

  it.each([
    ['a gap', { code: '990101100201004', at: [1, 1], size: [1, 0.9] }, 'gaps'],
    ['an overlap', { code: '990101100201004', at: [0.9, 1], size: [1.1, 1] }, 'overlaps'],
  ] as const)('is refused with %s, as often as one asks', async (_what, last, kind) => {
    const frame: Box = { code: '990101100', name: '方镇', at: [0, 0], size: [2, 2] };
    await importAreas(town.rt, { geojson: boxes([frame]), level: 'town', ...columns, publish: true }, admin);
    const { version, findings } = await draft([...fourGrids.slice(0, 3), last]);
    expect(findings.map((f) => f.kind)).toContain(kind);
    expect(version.faults[kind]).toBe(1);
    for (let i = 0; i < 2; i++) {
      await expect(publishVersion(town.rt, admin, version.id)).rejects.toMatchObject({
        code: 'tiling-faulty',
        details: { [kind]: 1 },
      });
    }
    expect((await town.owner.query(`select state from areas_versions where id = $1`, [version.id])).rows).toEqual([
      { state: 'draft' },
    ]);
    // At once, nothing stays behind.
    await expect(draft([...fourGrids.slice(0, 3), { ...last, name: '又' }], { publish: true })).rejects.toMatchObject({
      code: 'tiling-faulty',
    });
    expect((await town.owner.query(`select count(*)::int as n from areas_versions`)).rows).toEqual([{ n: 2 }]);
  });

  it('rolls back as a whole when a listener fails', async () => {
    const { version } = await draft(fourGrids);
    refuse = true;
    await expect(publishVersion(town.rt, admin, version.id)).rejects.toThrow('the listener refuses');
    expect(areaIndex(town.rt).versionId).toBeNull();
    expect((await town.owner.query('select 1 from areas_areas')).rowCount).toBe(0);
    refuse = false;
    expect((await publishVersion(town.rt, admin, version.id)).state).toBe('published');
  });

  it('happens once when two publish the same draft at once', async () => {
    const { version } = await draft(fourGrids);
    const both = await Promise.all([
      publishVersion(town.rt, admin, version.id),
      publishVersion(town.rt, admin, version.id),
    ]);
    expect(both.map((v) => v.state)).toEqual(['published', 'published']);
    expect(seen).toHaveLength(1);
  });

  it('lets one of two drafts win, and tells the other that it is stale', async () => {
    const a = await draft(fourGrids);
    const b = await draft(fourGrids.map((g) => ({ ...g, name: `新${g.code}` })));
    const results = await Promise.allSettled([
      publishVersion(town.rt, admin, a.version.id),
      publishVersion(town.rt, admin, b.version.id),
    ]);
    expect(results.map((r) => r.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((r) => r.status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
    const states = await town.owner.query(`select state from areas_versions order by state`);
    expect(states.rows).toEqual([{ state: 'draft' }, { state: 'published' }]);
  });

  it('waits for its time', async () => {
    await draft(fourGrids, { publish: true });
    const { version } = await draft(fourGrids.map((g) => ({ ...g, name: '改' })));
    const atMs = town.clock.nowMs() + 3_600_000;
    const planned = await publishVersion(town.rt, admin, version.id, { effectiveAtMs: atMs });
    expect([planned.state, planned.effectiveAtMs]).toEqual(['draft', atMs]);
    const run = town.rt.registry.jobs().get('areas.publish-due');
    await run?.(town.rt, {});
    expect(areaIndex(town.rt).byCode('990101100201001')?.name).toBe('第990101100201001网格');
    town.clock.set(atMs + 5000);
    await run?.(town.rt, {});
    await run?.(town.rt, {});
    expect(areaIndex(town.rt).byCode('990101100201001')?.name).toBe('改');
    const row = await town.owner.query(`select state, effective_at from areas_versions where id = $1`, [version.id]);
    expect(row.rows).toEqual([{ state: 'published', effective_at: new Date(atMs) }]);
  });

  it('gives up a planned draft when something else was published meanwhile', async () => {
    const { version } = await draft(fourGrids);
    const atMs = town.clock.nowMs() + 1000;
    await publishVersion(town.rt, admin, version.id, { effectiveAtMs: atMs });
    await draft(
      fourGrids.map((g) => ({ ...g, name: '别' })),
      { publish: true },
    );
    town.clock.set(atMs);
    await town.rt.registry.jobs().get('areas.publish-due')?.(town.rt, {});
    const row = await town.owner.query(`select state, effective_at from areas_versions where id = $1`, [version.id]);
    expect(row.rows).toEqual([{ state: 'draft', effective_at: null }]);
    expect(areaIndex(town.rt).byCode('990101100201001')?.name).toBe('别');
    const failed = await town.owner.query(`select details from kernel_audit where action = 'areas.publish-failed'`);
    expect(failed.rows).toMatchObject([{ details: { reason: 'conflict' } }]);
  });

  it('reaches a second process', async () => {
    const other = await openRuntime(town.rt.config, [areas], { clock: town.clock });
    try {
      const { version } = await draft(fourGrids, { publish: true });
      await until(() => areaIndex(other).versionId === version.id, 'the other process to reload');
      expect(codeAt({ rt: other }, 1.5, 1.5)).toBe('990101100201004');
      const id = areaIndex(other).byCode('990101100201004')?.id ?? '';
      const answer = await send(town, 'system-admin', 'PATCH', `/api/areas/${id}`, { name: '河东' });
      expect(answer.json()).toMatchObject({ id, name: '河东' });
      await until(() => areaIndex(other).get(id)?.name === '河东', 'the new name');
    } finally {
      await other.close();
    }
  });

  it('reaches a process whose connection was cut', async () => {
    const other = await openRuntime(town.rt.config, [areas], { clock: town.clock });
    try {
      const cut = await town.owner.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query = 'listen wangge_areas'`);
      expect(cut.rowCount).toBe(2);
      const { version } = await draft(fourGrids, { publish: true });
      await until(() => areaIndex(other).versionId === version.id, 'the other process to look by itself', 20_000);
    } finally {
      await other.close();
    }
  });

  it('previews what would change', async () => {
    await draft(fourGrids, { publish: true });
    const changed = [...fourGrids.slice(0, 2), { code: '990101100201009', at: [0, 1], size: [2, 1] } as const];
    const { version } = await draft(changed);
    const answer = await send(town, 'system-admin', 'GET', `/api/areas/versions/${version.id}/preview`);
    expect(answer.json()).toMatchObject({
      addedCodes: ['990101100201009'],
      removedCodes: ['990101100201003', '990101100201004'],
      changedCodes: [],
      movingIncidents: 5,
    });
    expect(codeAt(town, 0.5, 1.5)).toBe('990101100201003');
  });
});
