/** Roles by rows by routes over HTTP; what is expected is written from the permissions in words. */
import { newId, type Role, roleNames } from '@wangge/contract-kit';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { routesIn } from '@wangge/kernel/testkit';
import { type Seat, seat } from '@wangge/staff/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as contract from '../src/contract.ts';
import { patrols } from '../src/index.ts';

/** Whose a round is to the one who asks. */
const rowNames = ['own-area', 'other-area', 'mine-elsewhere'] as const;
type Row = (typeof rowNames)[number];
const leads: readonly Role[] = ['grid-head', 'dispatcher', 'leader'];
const walkers: readonly Role[] = ['grid-head', 'grid-member', 'micro-grid-member', 'village-cadre'];
const leadsHere = (role: Role, row: Row): boolean => leads.includes(role) && row === 'own-area';
const sees = (role: Role, row: Row): boolean => leadsHere(role, row) || row === 'mine-elsewhere';

const plan = {
  name: '巡查',
  days: { kind: 'working' },
  fromMin: 0,
  toMin: 1440,
  accountId: null,
  points: [{ name: '桥头', place: { lon: 119.5, lat: 31.4 }, radiusM: 50, task: null }],
};
const place = { lon: 100, lat: 31.4, accuracyM: 10 };
/** 403 where the row is seen and the act is not allowed, 404 where it is not even seen. */
const matrix = {
  'GET /api/patrols/routes': { open: leads, answer: () => 200 },
  'POST /api/patrols/routes': {
    open: leads,
    body: (at: Made) => ({ ...plan, clientKey: newId(), areaId: at.area }),
    answer: (role: Role, row: Row) => (leadsHere(role, row) ? 200 : 403),
  },
  'PUT /api/patrols/routes/:id': {
    open: leads,
    id: 'route',
    body: () => ({ ...plan, version: 9999 }),
    answer: (role: Role, row: Row) => (leadsHere(role, row) ? 409 : 404),
  },
  'POST /api/patrols/routes/:id/end': {
    open: leads,
    id: 'ended',
    answer: (role: Role, row: Row) => (leadsHere(role, row) ? 200 : 404),
  },
  'GET /api/patrols/walkers': {
    open: leads,
    query: (at: Made) => `?areaId=${at.area}`,
    answer: (role: Role, row: Row) => (leadsHere(role, row) ? 200 : 403),
  },
  'GET /api/patrols/rounds': { open: leads, answer: () => 200 },
  'GET /api/patrols/rounds/:id': {
    open: roleNames,
    id: 'round',
    answer: (role: Role, row: Row) => (sees(role, row) ? 200 : 404),
  },
  'GET /api/patrols/my-rounds': { open: walkers, answer: () => 200 },
  'POST /api/patrols/rounds/:id/points/:n/check-in': {
    open: walkers,
    id: 'round',
    body: () => ({ how: 'position', clientKey: newId(), place }),
    // Too far away, so that whoever is let in changes nothing.
    answer: (role: Role, row: Row) => (row === 'mine-elsewhere' ? 409 : sees(role, row) ? 403 : 404),
  },
} as const satisfies Record<
  string,
  {
    open: readonly Role[];
    id?: 'route' | 'ended' | 'round';
    body?: (at: Made) => object;
    query?: (at: Made) => string;
    answer: (role: Role, row: Row) => number;
  }
>;

interface Made {
  readonly area: string;
  readonly route: string;
  readonly ended: string;
  readonly round: string;
}
let town: IncidentTown;
const holders = new Map<Role, Seat>();
const made = new Map<string, Made>();

async function makeIn(area: { id: string }, as: Seat, walker: Seat): Promise<Made> {
  const ids = await town.rt.system('test', async (tx) => {
    const route = newId();
    const ended = newId();
    for (const clientKey of [route, ended]) {
      await town.owner.query(
        `insert into patrols_routes (id, version, area_id, area_path, created_by, created_at, ended_at)
         select $1, 1, $2, $3, $4, now(), $5`,
        [clientKey, area.id, pathOf(area.id), as.id, clientKey === ended ? new Date() : null],
      );
      await town.owner.query(
        `insert into patrols_versions (route_id, version, at, by_name, name, days, from_min, to_min, points)
         values ($1, 1, now(), '', '巡查', '{"kind":"working"}', 0, 1440, $2)`,
        [clientKey, JSON.stringify(plan.points)],
      );
    }
    const round = newId();
    await town.owner.query(
      `insert into patrols_rounds (id, route_id, version, day, account_id, account_name, route_name, area_id, area_path,
         area_name, made_at, starts_at, ends_at)
       values ($1, $2, 1, '2026-11-02', $3, '', '巡查', $4, $5, '', $6, $6, $7)`,
      [round, route, walker.id, area.id, pathOf(area.id), new Date(tx.nowMs), new Date(tx.nowMs + 3_600_000)],
    );
    await town.owner.query(
      `insert into patrols_points (id, round_id, n, name, lon, lat, radius_m) values ($1, $2, 1, '', 119.5, 31.4, 50)`,
      [newId(), round],
    );
    return { route, ended, round };
  });
  return { ...ids, area: area.id };
}
const pathOf = (id: string): string => town.grids.find((g) => g.id === id)?.path ?? '';

beforeAll(async () => {
  town = await openIncidentTown([patrols]);
  const [own, , other] = town.grids;
  const departmentId = town.departments.get('cgd') ?? '';
  for (const role of roleNames) {
    const post = { role, area: own, departmentId: role === 'department-handler' ? departmentId : null };
    holders.set(role, await seat(town.rt, [post], role));
  }
  const member = await seat(town.rt, [{ role: 'grid-member', area: own }]);
  const stranger = await seat(town.rt, [{ role: 'grid-member', area: other }]);
  made.set('own-area', await makeIn(own, member, member));
  made.set('other-area', await makeIn(other, stranger, stranger));
  for (const [role, holder] of holders) made.set(`${role} mine-elsewhere`, await makeIn(other, stranger, holder));
});
afterAll(() => town.close());

function send(cookie: string | null, route: string, at: Made, cell: (typeof matrix)[keyof typeof matrix]) {
  const [method = '', path = ''] = route.split(' ');
  const id = 'id' in cell ? at[cell.id] : '';
  return town.app.inject({
    method: method as 'GET' | 'POST' | 'PUT',
    url: path.replace(':id', id).replace(':n', '1') + ('query' in cell ? cell.query(at) : ''),
    headers: { 'x-wangge': '1', ...(cookie === null ? {} : { cookie }) },
    ...('body' in cell ? { payload: cell.body(at) } : {}),
  });
}

it('has every route of the contract', () => {
  expect(Object.keys(matrix).toSorted()).toEqual(routesIn(contract));
});

describe.each(Object.entries(matrix))('%s', (route, cell) => {
  it('tells a stranger nothing', async () => {
    const at = { area: newId(), route: newId(), ended: newId(), round: newId() };
    expect((await send(null, route, at, cell)).statusCode).toBe(401);
  });
  it.each(roleNames)('answers a %s by the row', async (role) => {
    const open: readonly Role[] = cell.open;
    const answers = [];
    for (const row of rowNames) {
      const at = made.get(`${role} ${row}`) ?? made.get(row);
      if (!at) throw new Error(`nothing made for ${row}`);
      answers.push([row, (await send(holders.get(role)?.cookie ?? '', route, at, cell)).statusCode]);
    }
    expect(answers).toEqual(rowNames.map((row) => [row, open.includes(role) ? cell.answer(role, row) : 403]));
  });
});

it('lists show a leader the own area only, and each walker the own rounds only', async () => {
  const { route, round } = made.get('own-area') ?? { route: '', round: '' };
  for (const role of leads) {
    const cookie = holders.get(role)?.cookie ?? '';
    const ask = (url: string) => town.app.inject({ url, headers: { cookie } });
    const { routes } = (await ask('/api/patrols/routes')).json<{ routes: { id: string; areaId: string }[] }>();
    expect(routes.map((r) => r.id)).toContain(route);
    expect(new Set(routes.map((r) => r.areaId))).toEqual(new Set([town.grids[0].id]));
    const { rounds } = (await ask('/api/patrols/rounds?day=2026-11-02')).json<{ rounds: { id: string }[] }>();
    expect(rounds.map((r) => r.id)).toEqual([round]);
  }
  for (const role of walkers) {
    const answer = await town.app.inject({
      url: '/api/patrols/my-rounds',
      headers: { cookie: holders.get(role)?.cookie ?? '' },
    });
    expect(answer.json<{ rounds: { id: string }[] }>().rounds.map((r) => r.id)).toEqual([
      made.get(`${role} mine-elsewhere`)?.round,
    ]);
  }
});
