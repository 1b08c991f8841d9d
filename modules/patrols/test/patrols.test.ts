/** Routes, rounds of a day and check-ins on a real database. */
import { newId } from '@wangge/contract-kit';
import { type IncidentTown, openIncidentTown, smallPhoto } from '@wangge/incidents/testkit';
import { storePhoto } from '@wangge/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkInAt, type CheckInTold } from '../src/actions/check-in.ts';
import { changeRoute, createRoute, endRoute } from '../src/actions/edit-routes.ts';
import { listRoundsOf, listRoundsOfMine, readRoundWithPositions } from '../src/actions/read-rounds.ts';
import { listRoutes, listWalkersOf } from '../src/actions/read-routes.ts';
import type { RoutePlan } from '../src/contract.ts';
import { patrols, seedPatrols } from '../src/index.ts';
import { makeRounds } from '../src/rounds/make-rounds.ts';
import { settleRounds } from '../src/rounds/settle-rounds.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** 09:00 in the town. */
const morning = (y: number, m: number, d: number): number => Date.UTC(y, m - 1, d, 1);
const here = { lon: 119.5, lat: 31.4, accuracyM: 10 };
const plan: RoutePlan = {
  name: '河岸巡查',
  days: { kind: 'working' },
  fromMin: 8 * 60,
  toMin: 11 * 60,
  accountId: null,
  points: [
    { name: '桥头', place: { lon: 119.5, lat: 31.4 }, radiusM: 50, task: '看护栏' },
    { name: '泵站', place: { lon: 119.501, lat: 31.4 }, radiusM: 50, task: null },
  ],
};

let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown([patrols], { accounts: ['dispatcher', 'head', 'member', 'neighbour', 'cadre'] });
});
afterAll(() => town.close());
beforeEach(async () => {
  town.clock.set(morning(2026, 11, 2));
  await town.owner.query(
    'truncate patrols_routes, patrols_versions, patrols_rounds, patrols_points, notify_messages cascade',
  );
});

const make = (more: Partial<RoutePlan> & { clientKey?: string; as?: string } = {}) => {
  const { as = 'head', clientKey = newId(), ...rest } = more;
  return town.rt.tx(town.as(as), (tx) => createRoute(tx, { ...plan, ...rest, clientKey, areaId: town.grids[0].id }));
};
const tick = () => town.rt.system('test', makeRounds);
const settle = () => town.rt.system('test', settleRounds);
const mine = (login = 'member') => town.rt.tx(town.as(login), listRoundsOfMine);
const told = async (login: string) =>
  (
    await town.owner.query<{ n: number }>(
      `select count(*)::int as n from notify_messages where account_id = $1 and template = 'patrol.missed'`,
      [town.as(login).id],
    )
  ).rows[0]?.n;
const enter = (id: string, n: number, more: Partial<CheckInTold> = {}, login = 'member') =>
  town.rt.tx(town.as(login), (tx) =>
    checkInAt(tx, id, n, { clientKey: newId(), how: 'position', place: here, ...more } as CheckInTold),
  );
async function roundOfMember() {
  await make();
  await tick();
  const [round] = await mine();
  if (!round) throw new Error('no round');
  return round;
}

describe('a route', () => {
  it('is made once by the same key, and gives each member of the grid one round a day', async () => {
    const clientKey = newId();
    const [one, two] = await Promise.all([make({ clientKey }), make({ clientKey })]);
    expect(two).toEqual(one);
    const [first, second] = await Promise.all([tick(), tick()]);
    expect(first + second).toBe(1);
    expect(await tick()).toBe(0);
    expect((await mine()).map((r) => [r.routeName, r.state, r.points.length])).toEqual([['河岸巡查', 'open', 2]]);
    expect(await mine('neighbour')).toEqual([]);
    town.clock.advance(dayMs);
    expect(await tick()).toBe(1);
    expect((await mine()).map((r) => r.day)).toEqual(['2026-11-03']);
  });
  it('is of those who lead the area', async () => {
    await expect(make({ as: 'member' })).rejects.toMatchObject({ code: 'forbidden' });
    await make({ as: 'dispatcher' });
    await expect(
      town.rt.tx(town.as('head'), (tx) => createRoute(tx, { ...plan, clientKey: newId(), areaId: town.grids[1].id })),
    ).rejects.toMatchObject({ code: 'forbidden' });
    expect(await town.rt.tx(town.as('head'), (tx) => listRoutes(tx, false))).toHaveLength(1);
    expect(await town.rt.tx(town.as('member'), (tx) => listRoutes(tx, false))).toEqual([]);
  });
  it('may name one person who has a post there', async () => {
    const walkers = await town.rt.tx(town.as('head'), (tx) => listWalkersOf(tx, town.grids[0].id));
    expect(walkers.map((w) => [w.name, w.ofArea]).toSorted(([a], [b]) => String(a).localeCompare(String(b)))).toEqual([
      ['cadre', false],
      ['head', false],
      ['member', true],
    ]);
    await make({ accountId: town.as('head').id });
    await tick();
    expect(await mine()).toEqual([]);
    expect(await mine('head')).toHaveLength(1);
    await expect(make({ accountId: town.as('neighbour').id })).rejects.toMatchObject({ code: 'guard-failed' });
  });
  it('of working days is walked on a make-up Saturday and not on a holiday', async () => {
    await make();
    for (const [ms, rounds] of [
      [morning(2026, 10, 10), 1],
      [morning(2026, 10, 5), 0],
      [morning(2026, 11, 7), 0],
    ] as const) {
      town.clock.set(ms);
      expect(await tick()).toBe(rounds);
    }
  });
  it('catches up within its time, and not after it', async () => {
    await make();
    town.clock.set(morning(2026, 11, 2) + 119 * minuteMs);
    expect(await tick()).toBe(1);
    town.clock.set(morning(2026, 11, 3) + 121 * minuteMs);
    expect(await tick()).toBe(0);
  });
  it('changed, leaves rounds that have begun as they were', async () => {
    const route = await make();
    const late = await make({ name: '夜巡', fromMin: 1200, toMin: 1260 });
    await tick();
    const change = (id: string, version: number) =>
      town.rt.tx(town.as('head'), (tx) =>
        changeRoute(tx, id, { ...plan, fromMin: id === late.id ? 1200 : 480, toMin: 1300, name: '新名', version }),
      );
    expect((await change(route.id, 1)).version).toBe(2);
    await change(late.id, 1);
    await expect(change(route.id, 1)).rejects.toMatchObject({ code: 'stale-edit' });
    await tick();
    expect((await mine()).map((r) => [r.routeName, r.state])).toEqual([
      ['河岸巡查', 'open'],
      ['新名', 'upcoming'],
    ]);
  });
  it('ended, calls off what is open, forgets what has not begun, and makes no more', async () => {
    const route = await make();
    const late = await make({ fromMin: 1200, toMin: 1260 });
    await tick();
    const [round] = await mine();
    for (const { id } of [route, late, route]) await town.rt.tx(town.as('head'), (tx) => endRoute(tx, id));
    expect((await mine()).map((r) => [r.state, r.points.map((p) => p.state)])).toEqual([
      ['called-off', ['called-off', 'called-off']],
    ]);
    town.clock.advance(5 * minuteMs);
    await expect(enter(round?.id ?? '', 1)).rejects.toMatchObject({ details: { guard: 'called-off' } });
    town.clock.advance(dayMs);
    expect(await tick()).toBe(0);
    expect((await settle()).settled).toBe(0);
    await expect(
      town.rt.tx(town.as('head'), (tx) => changeRoute(tx, route.id, { ...plan, version: 1 })),
    ).rejects.toMatchObject({ code: 'gone' });
  });
});

describe('a walk by night', () => {
  const night = { fromMin: 22 * 60, toMin: 2 * 60 };
  /** 22:00 of a Friday in the town. */
  const evening = Date.UTC(2026, 10, 6, 14);
  it('is of the day on which it begins, and stays the walker’s own after midnight', async () => {
    await make(night);
    town.clock.set(evening - minuteMs);
    expect(await tick()).toBe(1);
    town.clock.set(evening + 150 * minuteMs);
    const [round] = await mine();
    expect(round).toMatchObject({
      day: '2026-11-06',
      startsAtMs: evening,
      endsAtMs: evening + 240 * minuteMs,
      state: 'open',
    });
    expect((await enter(round?.id ?? '', 1)).points[0]).toMatchObject({ state: 'done' });
    // The Saturday that has begun has no walk of its own; who looks at it sees who is out, and counts nobody.
    expect(await tick()).toBe(0);
    const saturday = async () => town.rt.tx(town.as('head'), (tx) => listRoundsOf(tx, {}));
    expect(await saturday()).toMatchObject({ day: '2026-11-07', rounds: [{ id: round?.id }], areas: [] });
    town.clock.set(evening + 241 * minuteMs);
    await settle();
    expect(await told('head')).toBe(1);
    expect((await mine())[0]).toMatchObject({ state: 'missed' });
    expect((await saturday()).rounds).toEqual([]);
    const day = await town.rt.tx(town.as('head'), (tx) => listRoundsOf(tx, { day: '2026-11-06' }));
    expect(day.areas).toMatchObject([{ rounds: 1, done: 1, missed: 1 }]);
    // The next day it is history.
    town.clock.set(evening + dayMs + 120 * minuteMs);
    expect(await mine()).toEqual([]);
  });
  it('is made after midnight still where the platform was down, and not when it is over', async () => {
    await make(night);
    town.clock.set(evening + 239 * minuteMs);
    expect(await tick()).toBe(1);
    expect((await mine()).map((r) => r.day)).toEqual(['2026-11-06']);
    await town.owner.query('truncate patrols_rounds cascade');
    town.clock.set(evening + 240 * minuteMs);
    expect(await tick()).toBe(0);
  });
  it('ends at midnight where it says so', async () => {
    await make({ fromMin: 20 * 60, toMin: 1440 });
    town.clock.set(evening);
    expect(await tick()).toBe(1);
    expect((await mine())[0]).toMatchObject({ endsAtMs: evening + 120 * minuteMs });
    town.clock.set(evening + 120 * minuteMs);
    expect(await mine()).toEqual([]);
  });
});

describe('a check-in', () => {
  it('counts once, however often and at once it is sent', async () => {
    const { id } = await roundOfMember();
    const clientKey = newId();
    const both = await Promise.all([enter(id, 1, { clientKey }), enter(id, 1, { clientKey })]);
    expect(both.map((r) => r.points[0]?.state)).toEqual(['done', 'done']);
    await expect(enter(id, 1)).rejects.toMatchObject({ code: 'guard-failed', details: { guard: 'not-done-yet' } });
    const others = await Promise.allSettled([enter(id, 2, there()), enter(id, 2, there())]);
    expect(others.map((o) => o.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await mine())[0]?.state).toBe('complete');
  });
  const there = () => ({ place: { ...here, lon: 119.501 } });
  it('is refused far away, vague, out of its time, and on somebody else’s round', async () => {
    const { id } = await roundOfMember();
    await expect(enter(id, 2)).rejects.toMatchObject({ details: { guard: 'near-enough', awayM: 95, radiusM: 50 } });
    await expect(enter(id, 1, { place: { ...here, accuracyM: 101 } })).rejects.toMatchObject({
      details: { guard: 'accurate-enough' },
    });
    await expect(enter(id, 3)).rejects.toMatchObject({ code: 'not-found' });
    await expect(enter(id, 1, {}, 'neighbour')).rejects.toMatchObject({ code: 'not-found' });
    await expect(enter(id, 1, {}, 'head')).rejects.toMatchObject({ code: 'forbidden' });
    town.clock.advance(121 * minuteMs);
    await expect(enter(id, 1)).rejects.toMatchObject({ details: { guard: 'own-time' } });
    expect((await mine())[0]?.points.map((p) => p.state)).toEqual(['missed', 'missed']);
  });
  it('made out of reach counts for its own time, also after the round was settled', async () => {
    const { id } = await roundOfMember();
    const contactMs = town.clock.nowMs();
    town.clock.advance(5 * 3_600_000);
    await settle();
    // The phone's clock is a day ahead, and was an hour after the last contact.
    const phone = { phoneMs: contactMs + 60 * minuteMs + dayMs, clockOffsetMs: -dayMs, contactMs };
    const round = await enter(id, 1, { phone });
    expect(round.points[0]).toMatchObject({ state: 'done', byPhone: true, doneAtMs: contactMs + 60 * minuteMs });
    const after = { ...phone, phoneMs: phone.phoneMs + 90 * minuteMs };
    await expect(enter(id, 2, { ...there(), phone: after })).rejects.toMatchObject({ details: { guard: 'own-time' } });
  });
  it('out of order is shown', async () => {
    const { id } = await roundOfMember();
    await enter(id, 2, there());
    town.clock.advance(minuteMs);
    const round = await enter(id, 1);
    expect(round.points.map((p) => p.outOfOrder)).toEqual([false, true]);
  });
  it('by photo needs no position and is marked; the picture is not another’s', async () => {
    const { id } = await roundOfMember();
    const photo = await storePhoto(town.rt, town.as('member'), smallPhoto);
    const strange = await storePhoto(town.rt, town.as('head'), smallPhoto);
    const by = (fileId: string) =>
      ({ how: 'photo', photoIds: [fileId], reason: '桥下无信号', place: undefined }) as const;
    await expect(enter(id, 1, by(strange.fileId))).rejects.toMatchObject({ code: 'not-found' });
    const round = await enter(id, 1, by(photo.fileId));
    expect(round.points[0]).toMatchObject({
      how: 'photo',
      reason: '桥下无信号',
      distanceM: null,
      photos: [{ fileId: photo.fileId }],
    });
    await expect(enter(id, 2, by(photo.fileId))).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('after the time', () => {
  it('missed points are told to the grid’s head once, and counted', async () => {
    const { id } = await roundOfMember();
    await enter(id, 1);
    expect((await settle()).settled).toBe(0);
    town.clock.advance(121 * minuteMs);
    await Promise.all([settle(), settle()]);
    await settle();
    const { rows } = await town.owner.query<{ kind: string; id: string }>(
      'select subject_kind as kind, subject_id as id from notify_messages',
    );
    expect(rows).toEqual([{ kind: 'patrol', id }]);
    // What the message leads to, however many days later.
    town.clock.advance(3 * dayMs);
    const led = await town.rt.tx(town.as('head'), (tx) => listRoundsOf(tx, { roundId: id }));
    expect([led.day, led.rounds.map((r) => r.id)]).toEqual(['2026-11-02', [id]]);
    await expect(town.rt.tx(town.as('neighbour'), (tx) => listRoundsOf(tx, { roundId: id }))).rejects.toMatchObject({
      code: 'not-found',
    });
    expect([await told('head'), await told('member'), await told('dispatcher')]).toEqual([1, 0, 0]);
    const day = await town.rt.tx(town.as('head'), (tx) => listRoundsOf(tx, { day: '2026-11-02' }));
    expect(day.areas).toMatchObject([{ rounds: 1, points: 2, done: 1, missed: 1 }]);
    expect(day.rounds[0]?.points.map((p) => p.measured)).toEqual([null, null]);
    expect((await town.rt.tx(town.as('neighbour'), (tx) => listRoundsOf(tx, { day: '2026-11-02' }))).rounds).toEqual(
      [],
    );
  });
  it('a complete round tells nobody', async () => {
    const { id } = await roundOfMember();
    await enter(id, 1);
    await enter(id, 2, { place: { ...here, lon: 119.501 } });
    town.clock.advance(121 * minuteMs);
    expect((await settle()).settled).toBe(1);
    expect(await told('head')).toBe(0);
  });
  it('a look at somebody’s positions is audited, and they go after thirty days while the fact stays', async () => {
    const { id } = await roundOfMember();
    await enter(id, 1);
    const look = (login: string) => town.rt.tx(town.as(login), (tx) => readRoundWithPositions(tx, id));
    expect((await look('member')).points[0]?.measured).toEqual(here);
    expect((await look('head')).points[0]?.measured).toEqual(here);
    await expect(look('neighbour')).rejects.toMatchObject({ code: 'not-found' });
    const audited = await town.owner.query(
      `select actor_name from kernel_audit where action = 'patrols.read-round' and subject_id = $1`,
      [id],
    );
    expect(audited.rows).toEqual([{ actor_name: 'head' }]);
    const forget = patrols.jobs?.['patrols.forget-positions'];
    town.clock.advance(30 * dayMs);
    await forget?.(town.rt, {});
    expect((await look('head')).points[0]?.measured).toEqual(here);
    town.clock.advance(minuteMs);
    await forget?.(town.rt, {});
    expect((await look('head')).points[0]).toMatchObject({ state: 'done', distanceM: 0, measured: null });
  });
});

describe('the demo', () => {
  it('has two routes, however often it starts', async () => {
    await seedPatrols(town.rt);
    await seedPatrols(town.rt);
    const routes = await town.rt.tx(town.as('head'), (tx) => listRoutes(tx, false));
    expect(routes.map((r) => [r.areaId, r.points.length > 1])).toEqual([
      [town.grids[0].id, true],
      [town.grids[0].id, true],
    ]);
    expect(await tick()).toBeGreaterThan(0);
  });
});
