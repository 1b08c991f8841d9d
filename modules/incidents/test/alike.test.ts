/** What may be the same: found within one's sight, told apart for good, joined on the reporter's word. */
import { newId } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { sql } from '@wangge/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAlike, listAlike, rankAlike, tellApart } from '../src/actions/find-alike.ts';
import { listIncidents, mapIncidents } from '../src/actions/list-incidents.ts';
import {
  incidentForReceipt,
  moveIncident,
  rateIncident,
  readIncident,
  receiptToken,
  reportIncident,
  type ReportInput,
} from '../src/index.ts';
import { tellReporter } from '../src/jobs.ts';
import { type IncidentTown, openIncidentTown } from '../src/testkit.ts';

let town: IncidentTown;
let n = 0;
beforeAll(async () => {
  town = await openIncidentTown();
});
afterAll(() => town.close());

/** Each asks for a micro-grid of its own, so that tests are no neighbours. */
function freshSpot(grid: 0 | 2 = 0) {
  const cells = areaIndex(town.rt).children(town.grids[grid].id);
  const area = cells[n++ % cells.length];
  if (!area?.center) throw new Error('a micro-grid without a middle');
  return {
    area,
    spot: area.center,
    near: (m: number) => ({ lon: area.center?.lon ?? 0, lat: (area.center?.lat ?? 0) + m / 111_195 }),
  };
}
const lamp = (more: Partial<ReportInput> = {}): ReportInput => ({
  categoryCode: 'patrol.lamp',
  description: '村口第三根路灯不亮',
  ...more,
});
/** A resident's, by telephone or anonymous. */
const resident = (input: ReportInput) =>
  town.rt.system('portal', (tx) =>
    reportIncident(tx, `resident:${newId()}`, {
      ...input,
      by: { kind: 'resident', id: null, name: '居民', posts: [] },
      ...(input.reporterPhone === undefined ? { anonymous: true } : {}),
    }),
  );
const as = <T>(login: string, fn: Parameters<typeof town.rt.tx<T>>[1]): Promise<T> => town.rt.tx(town.as(login), fn);
const later = (minutes: number) => town.clock.advance(minutes * 60_000);
const merge = (id: string, targetId: string) =>
  as('dispatcher', (tx) =>
    moveIncident(tx, id, { move: 'merge', version: 0, targetId, reason: '同一盏灯' }, { anyVersion: true }),
  );
const receipt = (id: string) =>
  town.rt.system('portal', (tx) => incidentForReceipt(tx, { token: receiptToken(town.rt, id) }));
const close = (id: string) =>
  town.owner.query(`update incidents_incidents set state = 'closed', closed_at = $2, ended_at = $2 where id = $1`, [
    id,
    new Date(town.clock.nowMs()),
  ]);

describe('at the desk', () => {
  it('lists what is near with reasons in words, the likest first, and forgets what was told apart', async () => {
    const { spot, near } = freshSpot();
    const first = await town.report(lamp({ place: spot }));
    later(5);
    const like = await town.report(lamp({ place: near(30), description: '村口路灯不亮了，第三根' }));
    const looser = await town.report(lamp({ place: near(60), description: '晚上很黑' }));
    await town.report(lamp({ place: near(10), categoryCode: 'environment.rubbish', description: '垃圾没收' }));
    const { alike } = await as('dispatcher', (tx) => listAlike(tx, first.id));
    expect(alike.map((a) => a.id)).toEqual([like.id, looser.id]);
    expect(alike[0]).toMatchObject({ distanceM: 30, minutes: 5, reporterCount: 1 });
    expect(alike[0]?.reasons.map((r) => r.zh)).toEqual(
      expect.arrayContaining(['相距 30 米', '相差 5 分钟', '同一类别']),
    );

    const apart = () => as('dispatcher', (tx) => tellApart(tx, like.id, first.id));
    await Promise.all([apart(), apart()]);
    const ids = async (id: string) => (await as('dispatcher', (tx) => listAlike(tx, id))).alike.map((a) => a.id);
    expect(await ids(first.id)).toEqual([looser.id]);
    expect(await ids(like.id)).toEqual([looser.id]);
    await expect(as('dispatcher', (tx) => tellApart(tx, like.id, like.id))).rejects.toMatchObject({
      code: 'invalid-field',
    });
    await expect(as('member', (tx) => tellApart(tx, like.id, first.id))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('lists those that were merged, until they come apart again', async () => {
    const { spot, near } = freshSpot();
    const kept = await town.report(lamp({ place: spot }));
    const twin = await town.report(lamp({ place: near(50), description: '灯坏' }));
    await merge(twin.id, kept.id);
    expect(await as('dispatcher', (tx) => listAlike(tx, kept.id))).toMatchObject({
      alike: [],
      merged: [{ id: twin.id, state: 'merged' }],
    });
    expect((await as('dispatcher', (tx) => listAlike(tx, twin.id))).alike).toEqual([]);
    await as('dispatcher', (tx) =>
      moveIncident(tx, twin.id, { move: 'unmerge', version: 0, reason: '两盏灯' }, { anyVersion: true }),
    );
    expect((await as('dispatcher', (tx) => listAlike(tx, kept.id))).merged).toEqual([]);
  });
});

describe('before it is sent', () => {
  it('shows what one may see, and joins it on one’s word', async () => {
    const { spot, near } = freshSpot();
    const known = await town.report(lamp({ place: spot }));
    later(10);
    const input = lamp({ place: near(25), description: '第三根路灯不亮' });
    expect((await as('member', (tx) => findAlike(tx, input))).map((a) => a.id)).toEqual([known.id]);
    expect(await as('neighbour', (tx) => findAlike(tx, input))).toEqual([]);
    const key = `member:${newId()}`;
    const send = () => as('head', (tx) => reportIncident(tx, key, { ...input, sameAs: known.id }));
    const joined = await send();
    expect(joined).toMatchObject({ state: 'merged', replayed: false });
    expect(await send()).toMatchObject({ id: joined.id, state: 'merged', replayed: true });
    expect(await as('dispatcher', (tx) => readIncident(tx, known.id))).toMatchObject({ reporterCount: 2 });
  });

  it('keeps a report that names what is closed, gone or out of sight', async () => {
    const { spot, near } = freshSpot();
    const closed = await town.report(lamp({ place: spot }));
    await close(closed.id);
    for (const [login, sameAs] of [
      ['member', closed.id],
      ['member', newId()],
      ['neighbour', closed.id],
    ] as const) {
      later(10);
      const made = await as(login, (tx) => reportIncident(tx, `member:${newId()}`, lamp({ place: near(90), sameAs })));
      expect(made.state).toBe('registered');
    }
  });

  it('tells residents of public categories only', async () => {
    const { spot, near, area } = freshSpot(2);
    await town.report({ ...lamp({ place: spot }), as: town.as('dispatcher') });
    const rank = (more: object = {}) =>
      town.rt.system('portal', (tx) => rankAlike(tx, { ...lamp({ place: near(15) }), publicOnly: true, ...more }));
    expect(await rank()).toHaveLength(1);
    expect(await rank({ place: undefined, areaId: area.id })).toHaveLength(1);
    await town.owner.query(`update incidents_categories set public = false where code = 'patrol.lamp'`);
    expect(await rank()).toEqual([]);
    await town.owner.query(`update incidents_categories set public = true where code = 'patrol.lamp'`);
  });
});

it('keeps reporters of merged ones informed, each by the own number, and lets each judge', async () => {
  const { spot, near } = freshSpot();
  const kept = await resident(lamp({ place: spot, reporterPhone: '13800000001' }));
  later(5);
  const twin = await resident(lamp({ place: near(40), description: '灯坏了', reporterPhone: '13800000002' }));
  later(5);
  const again = await resident(lamp({ place: near(60), description: '没有灯', reporterPhone: '13800000002' }));
  await merge(again.id, twin.id);
  await merge(twin.id, kept.id);
  expect(await receipt(again.id)).toMatchObject({ state: 'merged', mergedIntoId: kept.id, mergedState: 'reported' });
  later(5);
  await as('dispatcher', (tx) => moveIncident(tx, kept.id, { move: 'accept', version: 0 }, { anyVersion: true }));
  expect((await receipt(twin.id))?.steps.map((s) => s.move)).toEqual(['report', 'merge', 'accept']);
  await close(kept.id);

  await town.owner.query('delete from notify_messages');
  await tellReporter(town.rt, { incidentId: kept.id, about: 'closed' });
  const told = await town.owner.query<{ subject_id: string; phone_mask: string }>(
    'select subject_id, phone_mask from notify_messages order by phone_mask',
  );
  expect(told.rows.map((r) => [r.subject_id, r.phone_mask])).toEqual([
    [kept.id, '138****0001'],
    [twin.id, '138****0002'],
  ]);

  const rating = { response: 4, resolved: true, satisfied: 5, text: null };
  expect(await receipt(twin.id)).toMatchObject({ canRate: true, canObject: true, canWithdraw: false });
  await town.rt.system('portal', (tx) => rateIncident(tx, twin.id, rating));
  expect(await receipt(twin.id)).toMatchObject({ canRate: false, rating });
  expect(await receipt(kept.id)).toMatchObject({ canRate: true, rating: null });

  // It was done again and closed a second time: everybody may judge anew.
  later(60);
  await town.owner.query('update incidents_incidents set closed_at = $2, ended_at = $2 where id = $1', [
    kept.id,
    new Date(town.clock.nowMs()),
  ]);
  expect(await receipt(twin.id)).toMatchObject({ canRate: true, rating });
  await town.rt.system('portal', (tx) => rateIncident(tx, twin.id, { ...rating, satisfied: 2 }));
  expect(await receipt(twin.id)).toMatchObject({ canRate: false, rating: { satisfied: 2 } });
});

it('shows the place of an anonymous report to those who handle it, to others its micro-grid', async () => {
  const { near, area } = freshSpot();
  const hidden = await resident(lamp({ place: near(35), address: '某家后院' }));
  const open = await resident(
    lamp({ place: near(70), address: '村口', description: '垃圾', reporterPhone: '13800000009' }),
  );
  const middle = { lon: area.center?.lon, lat: area.center?.lat };
  const seen = async (login: string) => {
    const detail = await as(login, (tx) => readIncident(tx, hidden.id));
    const { items } = await as(login, (tx) => listIncidents(tx, { limit: 50, areaId: area.id } as never));
    const { points } = await as(login, (tx) => mapIncidents(tx, { areaId: area.id } as never));
    const row = items.find((i) => i.id === hidden.id);
    const point = points.find((p) => p.id === hidden.id);
    return [detail, row]
      .map((r) => [r?.place, r?.address])
      .concat([[{ lon: point?.lon, lat: point?.lat } as never, null]]);
  };
  for (const login of ['dispatcher', 'head', 'member']) {
    const [detail, row, point] = await seen(login);
    expect([login, detail?.[0], row?.[0], point?.[0], detail?.[1]]).toEqual([
      login,
      near(35),
      near(35),
      near(35),
      '某家后院',
    ]);
  }
  for (const login of ['leader', 'cadre']) {
    expect([login, await seen(login)]).toEqual([
      login,
      [
        [middle, null],
        [middle, null],
        [middle, null],
      ],
    ]);
    const other = await as(login, (tx) => readIncident(tx, open.id));
    expect([login, other.place, other.address]).toEqual([login, near(70), '村口']);
  }
});

it('finds by an index', async () => {
  const { spot } = freshSpot();
  await town.owner.query('set enable_seqscan = off');
  const plan = await town.owner.query<{ 'QUERY PLAN': string }>(
    `explain select 1 from incidents_incidents i where i.is_open and i.lon is not null
      and incidents_cell_of(i.lon, i.lat) = any (array[1, 2]::bigint[]) and i.reported_at >= now()`,
  );
  expect(plan.rows.map((r) => r['QUERY PLAN']).join('\n')).toContain('incidents_by_cell');
  // What the function counts as neighbouring cells holds every place within the bound.
  const found = await town.rt.system('test', (tx) =>
    tx.one<{ n: number }>(sql`select count(*)::int as n from generate_series(0, 359, 5) as a, lateral (select
        ${spot.lon}::float8 + cos(radians(a)) * 199 / (111195 * cos(radians(${spot.lat}::float8))) as lon,
        ${spot.lat}::float8 + sin(radians(a)) * 199 / 111195 as lat) as p
      where incidents_cell_of(p.lon, p.lat) = any (array(select incidents_cell(x, y)
        from generate_series(floor((${spot.lon}::float8 - 200 / (111195 * cos(radians(${spot.lat}::float8))) + 180) * 500)::int,
          floor((${spot.lon}::float8 + 200 / (111195 * cos(radians(${spot.lat}::float8))) + 180) * 500)::int) as x,
        generate_series(floor((${spot.lat}::float8 - 200 / 111195.0 + 90) * 500)::int,
          floor((${spot.lat}::float8 + 200 / 111195.0 + 90) * 500)::int) as y))`),
  );
  expect(found.n).toBe(72);
});
