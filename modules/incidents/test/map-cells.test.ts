/** The map's numbers against counting by hand: 20,000 incidents, everybody's scope, places that are hidden. */
import { areaIndex } from '@wangge/areas';
import { newId } from '@wangge/contract-kit';
import { type Actor, reachOf, sql } from '@wangge/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { incidentCells } from '../src/actions/count-cells.ts';
import { mapIncidents } from '../src/actions/list-incidents.ts';
import { type Box, cellAt, cellsAround } from '../src/contract/cell-grid.ts';
import { coarsePlace } from '../src/exact-place.ts';
import { incidentPermissions } from '../src/permissions.ts';
import { severityNames } from '../src/states.ts';
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
] as const;
const many = 20_000;
interface Row {
  readonly id: string;
  readonly lon: number;
  readonly lat: number;
  readonly path: string;
  readonly areaId: string;
  readonly departments: string[];
  readonly assignees: string[];
  readonly anonymous: boolean;
  readonly severity: string;
  readonly late: boolean;
  readonly open: boolean;
}
let town: IncidentTown;
let rows: Row[] = [];

beforeAll(async () => {
  town = await openIncidentTown();
  const places = areaIndex(town.rt)
    .all()
    .filter((a) => a.level === 'micro-grid' && a.center)
    .map((a) => [a.id, a.path, a.center?.lon, a.center?.lat]);
  await town.owner.query(
    `insert into incidents_incidents (id, number, client_key, content_hash, source, state, severity, category_code,
       description, reported_path, responsible_path, responsible_area_id, lon, lat, anonymous, department_ids, assignee_ids,
       reported_at, reported_day, deadline_at, warn_at, changed_by, updated_at, search_text)
     select gen_random_uuid(), 'm-' || i, 'member:m-' || i, '', 'member',
       case when i % 10 = 0 then 'closed' else 'handling' end,
       (array['ordinary', 'urgent', 'emergency'])[1 + (i % 97 = 0)::int + (i % 194 = 0)::int], 'patrol.lamp', '路灯不亮',
       p.path, p.path, p.id, p.lon + 0.002 * sin(i), p.lat + 0.002 * cos(i * 1.7), i % 7 = 0,
       case when i % 11 = 0 then array[$2::uuid] else '{}' end, case when i % 501 = 0 then array[$3::uuid] else '{}' end,
       $4::timestamptz - i * interval '1 second', current_date, $4::timestamptz + (i % 5 - 1) * interval '1 hour',
       $4::timestamptz, 'x', now(), ''
     from generate_series(1, ${many}) as i,
       lateral (select (e->>0)::uuid as id, e->>1 as path, (e->>2)::float8 as lon, (e->>3)::float8 as lat
         from (select $1::jsonb->(i % jsonb_array_length($1::jsonb)) as e) x) p`,
    [JSON.stringify(places), town.departments.get('cgd'), town.as('neighbour').id, new Date(town.clock.nowMs())],
  );
  await town.owner.query('analyze incidents_incidents');
  const found = await town.owner.query<Row>(
    `select id, lon, lat, responsible_path as path, responsible_area_id as "areaId", department_ids as departments,
       assignee_ids as assignees, anonymous, severity, deadline_at <= $1 and is_open as late, is_open as open
     from incidents_incidents`,
    [new Date(town.clock.nowMs())],
  );
  rows = found.rows;
});
afterAll(() => town.close());

const sees = (actor: Actor, row: Row): boolean => {
  const reach = reachOf(actor);
  return (
    reach.areaPaths.some((p) => row.path.startsWith(p)) ||
    row.departments.some((d) => reach.departmentIds.includes(d)) ||
    row.assignees.includes(actor.id ?? '')
  );
};
/** Where it shows to this person, in words: who handles it sees the place, all others the middle of its area. */
function shown(actor: Actor, row: Row): { lon: number; lat: number } {
  const exact: readonly string[] = incidentPermissions['incidents.exact-place'].by;
  if (!row.anonymous || actor.posts.every((p) => exact.includes(p.role))) return row;
  const middle = coarsePlace(areaIndex(town.rt), row.areaId);
  return { lon: middle.lon ?? 0, lat: middle.lat ?? 0 };
}
const within = ({ lon, lat }: { lon: number; lat: number }, box: Box): boolean =>
  lon >= box[0] && lon <= box[2] && lat >= box[1] && lat <= box[3];

function byHand(actor: Actor, zoom: number, take: (row: Row) => boolean, box?: Box): string[] {
  const cells = new Map<string, { count: number; late: number; worst: number }>();
  for (const row of rows) {
    const at = shown(actor, row);
    if (!take(row) || !sees(actor, row) || (box && !within(at, box))) continue;
    const { x, y } = cellAt(at.lon, at.lat, cellsAround(zoom));
    const cell = cells.get(`${x}:${y}`) ?? { count: 0, late: 0, worst: 0 };
    cell.count += 1;
    cell.late += row.late ? 1 : 0;
    cell.worst = Math.max(cell.worst, severityNames.indexOf(row.severity as never));
    cells.set(`${x}:${y}`, cell);
  }
  return [...cells].map(([key, c]) => `${key} ${c.count} ${c.late} ${severityNames[c.worst]}`).toSorted();
}
async function asked(actor: Actor, query: Parameters<typeof incidentCells>[1]): Promise<string[]> {
  const { cells, total, truncated } = await town.rt.tx(actor, (tx) => incidentCells(tx, query));
  expect(truncated).toBe(false);
  expect(total).toBe(cells.reduce((n, c) => n + c.count, 0));
  return cells.map((c) => `${c.x}:${c.y} ${c.count} ${c.overdue} ${c.worst}`).toSorted();
}
/** The south-west quarter around the first grid. */
const quarter = (): Box => {
  const { lon = 0, lat = 0 } = town.grids[0].center ?? {};
  return [lon - 0.004, lat - 0.004, lon + 0.0005, lat + 0.0005];
};

describe.each(logins)('%s', (login) => {
  it('is told the numbers of what they see, where they may see it', async () => {
    const actor = town.as(login);
    for (const zoom of [11, 15]) {
      expect(await asked(actor, { zoom, open: true })).toEqual(byHand(actor, zoom, (r) => r.open));
    }
    const box = quarter();
    expect(await asked(actor, { zoom: 16, open: true, within: box })).toEqual(byHand(actor, 16, (r) => r.open, box));
    const day = { fromMs: town.clock.nowMs() - 86_400_000, toMs: town.clock.nowMs() };
    expect(await asked(actor, { zoom: 13, ...day })).toEqual(byHand(actor, 13, () => true));
  });

  it('is told the same points of a part of the map', async () => {
    const actor = town.as(login);
    const box = quarter();
    const { points } = await town.rt.tx(actor, (tx) => mapIncidents(tx, { within: box }));
    const want = rows.filter((r) => r.open && sees(actor, r) && within(shown(actor, r), box));
    expect(points.map((p) => p.id).toSorted()).toEqual(want.map((r) => r.id).toSorted());
  });
});

describe('an anonymous place', () => {
  it('is not found by asking for a small part of the map around it', async () => {
    const leader = town.as('leader');
    const hidden = rows.find((r) => r.anonymous && r.open && shown(leader, r).lon !== r.lon);
    if (!hidden) throw new Error('no anonymous row');
    const around: Box = [hidden.lon - 2e-6, hidden.lat - 2e-6, hidden.lon + 2e-6, hidden.lat + 2e-6];
    const ask = (login: string) =>
      town.rt.tx(town.as(login), async (tx) => [
        (await mapIncidents(tx, { within: around })).points.length,
        (await incidentCells(tx, { zoom: 20, open: true, within: around })).total,
      ]);
    expect(await ask('leader')).toEqual([0, 0]);
    expect(await ask('dispatcher')).toEqual([1, 1]);
  });
  it('without a middle is left out', async () => {
    const { id } = await town.report({ areaId: town.grids[0].id, description: newId() });
    await town.owner.query(
      `update incidents_incidents set anonymous = true, lon = 119, lat = 31, responsible_area_id = null where id = $1`,
      [id],
    );
    const total = (login: string) =>
      town.rt.tx(town.as(login), async (tx) => (await incidentCells(tx, { zoom: 10, open: true })).total);
    expect((await total('dispatcher')) - (await total('leader'))).toBe(1);
  });
});

describe('a question', () => {
  const ask = (query: Parameters<typeof incidentCells>[1]) =>
    town.rt.tx(town.as('dispatcher'), (tx) => incidentCells(tx, query));

  it('about all that ever were is refused', async () => {
    const now = town.clock.nowMs();
    for (const more of [{}, { fromMs: now - 800 * 86_400_000 }, { toMs: now }]) {
      await expect(ask({ zoom: 10, ...more })).rejects.toMatchObject({ code: 'invalid-field' });
    }
    await expect(ask({ zoom: 10, open: true, areaId: newId() })).rejects.toMatchObject({ code: 'not-found' });
  });
  it('takes the filters of the list', async () => {
    const late = rows.filter((r) => r.late && r.areaId === rows[0]?.areaId).length;
    const { total, cells } = await ask({ zoom: 12, open: true, clock: ['overdue'], areaId: rows[0]?.areaId ?? '' });
    expect(total).toBe(late);
    expect(cells.every((c) => c.overdue === c.count)).toBe(true);
  });
  it('names the grid in the middle, and tells that there are more', async () => {
    const { cells } = await ask({ zoom: 12, open: true });
    const names = cells.map((c) => areaIndex(town.rt).get(c.areaId ?? '')?.level);
    expect(names.filter((level) => level === 'grid').length).toBeGreaterThan(cells.length / 2);
    const most = await ask({ zoom: 20, open: true });
    expect([most.truncated, most.cells.length]).toEqual([true, 5000]);
  });
  it('cannot be put to the parts of the function', async () => {
    for (const statement of [
      sql`select incidents_place_seen('{""}', '{}')`,
      sql`select incidents_within(null, 'true', '{}')`,
    ])
      await expect(town.rt.tx(town.as('leader'), (tx) => tx.run(statement))).rejects.toMatchObject({
        code: 'forbidden',
      });
  });
});
