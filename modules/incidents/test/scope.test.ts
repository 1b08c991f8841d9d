import { newId } from '@wangge/contract-kit';
import { type Actor, reachOf, sql } from '@wangge/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countIncidents } from '../src/actions/count-incidents.ts';
import { listIncidents, mapIncidents } from '../src/actions/list-incidents.ts';
import { moveResponsibility } from '../src/actions/publish-areas.ts';
import { areaIndex } from '@wangge/areas';
import { findRecord, setParties } from '../src/index.ts';
import { foldCounts } from '../src/jobs.ts';
import { type IncidentTown, openIncidentTown } from '../src/testkit.ts';

const logins = [
  'dispatcher',
  'leader',
  'admin',
  'head',
  'member',
  'neighbour',
  'cadre',
  'volunteer',
  'handler',
  'fireman',
];
let town: IncidentTown;
const made: string[] = [];
beforeAll(async () => {
  town = await openIncidentTown();
  for (const [i, grid] of town.grids.entries()) {
    for (const reporter of ['dispatcher', 'neighbour', 'volunteer'] as const) {
      const { id } = await town.report({
        areaId: grid.id,
        as: town.as(reporter),
        categoryCode: i === 1 ? 'service.errand' : 'patrol.lamp',
        description: i === 0 ? '独居老人家中停电' : '河堤有垃圾漂浮',
        selfHandled: reporter === 'volunteer',
      });
      made.push(id);
    }
  }
  const party = (id: string, assignees: string[], departments: string[]) =>
    town.rt.system('test', (tx) =>
      setParties(tx, id, {
        assigneeIds: assignees.map((login) => town.as(login).id ?? ''),
        departmentIds: departments.map((code) => town.departments.get(code) ?? ''),
      }),
    );
  await party(made[0] ?? '', ['volunteer'], ['cgd']);
  await party(made[4] ?? '', ['member', 'handler'], []);
  await party(made[8] ?? '', ['neighbour'], ['yjb', 'cgd']);
});
afterAll(() => town.close());

/** The rule in words once more: area subtree, own department, assigned, reported. */
async function expected(actor: Actor): Promise<string[]> {
  const reach = reachOf(actor);
  const ids: string[] = [];
  for (const id of made) {
    const r = await town.rt.system('test', (tx) => findRecord(tx, id));
    const sees =
      reach.areaPaths.some((p) => r.path.startsWith(p)) ||
      r.departmentIds.some((d) => reach.departmentIds.includes(d)) ||
      r.assigneeIds.includes(actor.id ?? '') ||
      r.reporterAccountId === actor.id;
    if (sees) ids.push(id);
  }
  return ids.toSorted();
}

describe.each(logins)('%s', (login) => {
  it('sees the same rows by policy, list and counts', async () => {
    const actor = town.as(login);
    const want = await expected(actor);
    await town.rt.tx(actor, async (tx) => {
      const rows = await tx.rows<{ id: string }>(sql`select id from incidents_incidents`);
      expect(rows.map((r) => r.id).toSorted()).toEqual(want);
      const list = await listIncidents(tx, { limit: 200 });
      expect(list.items.map((r) => r.id).toSorted()).toEqual(want);
      expect((await countIncidents(tx, {})).total).toBe(want.length);
      const history = await tx.rows<{ id: string }>(sql`select distinct incident_id as id from incidents_history`);
      expect(history.map((r) => r.id).toSorted()).toEqual(want);
      const grid = town.grids[0];
      const inGrid = await listIncidents(tx, { limit: 200, areaId: grid.id });
      expect((await countIncidents(tx, { areaId: grid.id })).total).toBe(inGrid.items.length);
    });
  });
});

describe('nobody', () => {
  it('without an account sees anything', async () => {
    await town.rt.tx({ kind: 'anonymous', id: null, name: 'x', posts: [] }, async (tx) => {
      expect(await tx.rows(sql`select id from incidents_incidents`)).toEqual([]);
      expect((await listIncidents(tx, { limit: 10 })).items).toEqual([]);
      expect((await countIncidents(tx, {})).total).toBe(0);
    });
  });
  it('inserts, deletes or refills counts past the functions', async () => {
    const dispatcher = town.as('dispatcher');
    for (const statement of [
      sql`insert into incidents_incidents (id) values (${newId()})`,
      sql`delete from incidents_incidents`,
      sql`delete from incidents_history`,
      sql`insert into incidents_count_deltas (path, day, state, source, category, n) values ('', now(), 'x', 'x', 'x', 1)`,
      sql`select incidents_condition('{}')`,
      sql`select incidents_fold_counts()`,
    ]) {
      await expect(town.rt.tx(dispatcher, (tx) => tx.run(statement))).rejects.toMatchObject({ code: 'forbidden' });
    }
  });
});

describe('filters', () => {
  const list = (query: Parameters<typeof listIncidents>[1]) =>
    town.rt.tx(town.as('dispatcher'), (tx) => listIncidents(tx, query));

  it('combine area, state, category of either level, and two-character words', async () => {
    expect((await list({ limit: 50, q: '老人' })).items).toHaveLength(3);
    expect((await list({ limit: 50, q: '老人 停电' })).items).toHaveLength(3);
    expect((await list({ limit: 50, q: '老人 垃圾' })).items).toHaveLength(0);
    expect((await list({ limit: 50, q: '老' })).items).toHaveLength(9);
    expect((await list({ limit: 50, q: "'; drop table x --" })).items).toHaveLength(0);
    expect((await list({ limit: 50, category: ['patrol'] })).items).toHaveLength(6);
    expect((await list({ limit: 50, category: ['service.errand'], state: ['responded'] })).items).toHaveLength(1);
    expect((await list({ limit: 50, areaId: town.grids[1].id, open: true })).items).toHaveLength(3);
    expect((await list({ limit: 50, open: false })).items).toHaveLength(0);
    const { number } = await town.rt.system('test', (tx) => findRecord(tx, made[0] ?? ''));
    expect((await list({ limit: 50, q: number })).items.map((i) => i.id)).toEqual([made[0]]);
    const mine = await town.rt.tx(town.as('neighbour'), (tx) => listIncidents(tx, { limit: 50, mine: true }));
    expect(mine.items).toHaveLength(4);
  });

  it('pages without a gap or a double', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 2, cursor });
      seen.push(...page.items.map((i) => i.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen.toSorted()).toEqual(made.toSorted());
    await expect(list({ limit: 2, cursor: 'x' })).rejects.toMatchObject({ code: 'invalid-field', field: 'cursor' });
  });

  it('by clock follow the time', async () => {
    const overdue = () => list({ limit: 50, clock: ['overdue'] });
    expect((await overdue()).items).toHaveLength(0);
    town.clock.advance(60 * 24 * 3_600_000);
    const late = await overdue();
    expect(late.items).toHaveLength(6);
    const counts = await town.rt.tx(town.as('dispatcher'), (tx) => countIncidents(tx, {}));
    expect(counts).toMatchObject({ total: 9, open: 9, overdue: 6, closingRate: null });
    const points = await town.rt.tx(town.as('dispatcher'), (tx) => mapIncidents(tx, {}));
    expect(points).toEqual({ truncated: false, points: [] });
  });
});

describe('the roll-up', () => {
  it('says the same before and after it is folded, and after responsibility moved', async () => {
    const counts = (login: string) => town.rt.tx(town.as(login), (tx) => countIncidents(tx, {}));
    const before = [await counts('dispatcher'), await counts('cadre'), await counts('head')];
    await foldCounts(town.rt, {});
    expect([await counts('dispatcher'), await counts('cadre'), await counts('head')]).toEqual(before);
    expect((await town.owner.query('select 1 from incidents_count_deltas')).rowCount).toBe(0);
    // An index whose first grid is gone, and nothing took its place: its incidents fall to the town.
    const index = areaIndex(town.rt);
    const without = {
      ...index,
      locate: () => null,
      get: (id: string) => (id === town.grids[0].id ? null : index.get(id)),
      root: () => town.root,
    };
    await town.rt.system('areas', (tx) => moveResponsibility(tx, without));
    expect((await counts('head')).total).toBe(0);
    expect((await counts('dispatcher')).total).toBe(9);
    await foldCounts(town.rt, {});
    expect((await counts('head')).total).toBe(0);
    expect((await counts('dispatcher')).bySource).toEqual(before[0]?.bySource);
  });
});

describe('text search', () => {
  it('reads the index of two-character words, as the application', async () => {
    await town.owner.query(
      `insert into incidents_incidents (id, number, client_key, content_hash, source, state, severity,
        category_code, description, reported_path, responsible_path, reported_at, reported_day, changed_by, updated_at, search_text)
      select gen_random_uuid(), 'x-' || i, 'member:x-' || i, '', 'member', 'closed', 'ordinary', 'patrol.lamp', t, $1, $1,
        now() - i * interval '1 minute', current_date, 'x', now(), t
      from generate_series(1, 20000) as i,
        lateral (select '第' || i || '件 ' || case when i % 5000 = 0 then '野猪下山' else '路灯不亮' end as t) as d`,
      [town.root.path],
    );
    await town.owner.query('analyze incidents_incidents');
    const scans = (tx: Parameters<Parameters<typeof town.rt.tx>[1]>[0]) =>
      tx.one<{ n: number }>(sql`select pg_stat_get_xact_numscans('incidents_words'::regclass)::int as n`);
    await town.rt.tx(town.as('dispatcher'), async (tx) => {
      const before = await scans(tx);
      const page = await listIncidents(tx, { limit: 50, q: '野猪' });
      expect(page.items).toHaveLength(4);
      expect((await scans(tx)).n).toBeGreaterThan(before.n);
    });
  });
});
