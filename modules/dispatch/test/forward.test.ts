/** Handing an own order on: who may, what follows, and that it is never nobody's. */
import { newId } from '@wangge/contract-kit';
import { findRecord, readIncident } from '@wangge/incidents';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { until } from '@wangge/kernel/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listOrders } from '../src/actions/read-orders.ts';
import type { OrderMoveBody } from '../src/contract.ts';
import { forwardStateNames } from '../src/contract/forward.ts';
import { answerForward, askForward, listColleagues, withdrawForward } from '../src/forward/forward-order.ts';
import { listForwards } from '../src/forward/read-forwards.ts';
import { checkForward, forwardActs, type ForwardFacts, gridsOf } from '../src/forward/rules.ts';
import { dispatch, dispatchIncident, moveOrder } from '../src/index.ts';
import { orderStateNames } from '../src/states.ts';

/** The table by hand: what leads where, and by whom. */
const table = {
  ask: { by: 'party', from: [null, 'accepted', 'declined', 'withdrawn'], to: 'asked', moves: true },
  accept: { by: 'asked', from: ['asked'], to: 'accepted', moves: true },
  decline: { by: 'asked', from: ['asked'], to: 'declined', moves: false },
  withdraw: { by: 'party', from: ['asked'], to: 'withdrawn', moves: false },
} as const;
const movable: readonly string[] = ['offered', 'accepted', 'arrived', 'handling'];
const fine = { stillTheirs: true, pending: false, colleague: true, has: false };

describe.each(forwardActs)('%s', (act) => {
  const row = table[act];
  const from: readonly (string | null)[] = row.from;
  it.each([null, ...forwardStateNames])(
    'when the forward is %s, in every state of the order, by everybody',
    (forward) => {
      for (const order of orderStateNames) {
        for (const hat of ['party', 'asked', null] as const) {
          const verdict = checkForward(act, hat, { ...fine, order, forward });
          const may = hat === row.by && from.includes(forward) && (!row.moves || movable.includes(order));
          expect([order, hat, verdict.ok]).toEqual([order, hat, may]);
          expect(verdict).toMatchObject(may ? { to: row.to } : hat === row.by ? {} : { code: 'forbidden' });
        }
      }
    },
  );
  it('needs every fact where the order changes hands, none where it stays', () => {
    const forward = act === 'ask' ? null : 'asked';
    const broken: readonly Partial<ForwardFacts>[] = [
      { stillTheirs: false },
      { pending: true },
      { colleague: false },
      { has: true },
    ];
    for (const one of broken) {
      expect(checkForward(act, row.by, { ...fine, order: 'handling', forward, ...one }).ok).toBe(!row.moves);
    }
  });
});

it('a grid is that of a post in the field, at the grid or below', () => {
  const path = 'c/t/v/g/m/';
  expect(gridsOf([{ role: 'micro-grid-member', areaPath: path }])).toEqual(['c/t/v/g/']);
  expect(gridsOf([{ role: 'grid-member', areaPath: 'c/t/v/' }])).toEqual([]);
  expect(gridsOf([{ role: 'dispatcher', areaPath: path }])).toEqual([]);
});

let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown([dispatch], { accounts: ['dispatcher', 'leader', 'head', 'member', 'neighbour'] });
  // Clocks are wound where the jobs run.
  await town.startJobs();
});
afterAll(() => town.close());

const idOf = (login: string) => town.as(login).id ?? '';
const ordersOf = (id: string) => town.rt.tx(town.as('dispatcher'), (tx) => listOrders(tx, id));
async function offered() {
  const { id } = await town.report({ categoryCode: 'service.errand' });
  await town.rt.tx(town.as('dispatcher'), async (tx) => {
    const { version } = await findRecord(tx, id);
    await dispatchIncident(tx, id, { version, parties: [{ kind: 'account', id: idOf('member') }] });
  });
  const [order] = await ordersOf(id);
  if (!order) throw new Error('no order');
  return { id, orderId: order.id };
}
const move = (login: string, orderId: string, version: number, name: 'accept' | 'handle') =>
  town.rt.tx(town.as(login), (tx) => moveOrder(tx, orderId, { move: name, version } satisfies OrderMoveBody));
async function ask(orderId: string, to = 'head', login = 'member', clientKey = newId()) {
  await town.rt.tx(town.as(login), (tx) => askForward(tx, orderId, { clientKey, toId: idOf(to), reason: '我在培训' }));
  return clientKey;
}
const answer = (login: string, id: string, accepted: boolean) =>
  town.rt.tx(town.as(login), (tx) => answerForward(tx, id, { accepted, reason: '知道了' }));
const timeline = async (id: string) =>
  (await town.rt.system('test', (tx) => readIncident(tx, id))).timeline.map((e) => e.move);
const told = async (login: string, template: string) =>
  (
    await town.owner.query('select 1 from notify_messages where account_id = $1 and template = $2', [
      idOf(login),
      template,
    ])
  ).rowCount ?? 0;

describe('an order', () => {
  it('stays mine until the colleague takes it; its limit goes with it', async () => {
    const { id, orderId } = await offered();
    await move('member', orderId, 1, 'accept');
    await move('member', orderId, 2, 'handle');
    const deadline = await until(async () => (await ordersOf(id))[0]?.deadlineMs ?? null, 'the clock to be wound');
    const colleagues = await town.rt.tx(town.as('member'), (tx) => listColleagues(tx, orderId));
    expect(colleagues.map((m) => m.name)).toEqual(['head']);
    const key = newId();
    await Promise.all([ask(orderId, 'head', 'member', key), ask(orderId, 'head', 'member', key)]);
    expect((await ordersOf(id))[0]).toMatchObject({ state: 'handling', partyName: 'member' });
    await expect(ask(orderId)).rejects.toMatchObject({ details: { guard: 'nothing-asked' } });
    expect(await told('head', 'forward.asked')).toBe(1);
    expect(await town.rt.tx(town.as('head'), listForwards)).toMatchObject([{ id: key, may: { answer: true } }]);
    town.clock.advance(3_600_000);

    const both = await Promise.allSettled([answer('head', key, true), answer('head', key, true)]);
    expect(both.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    expect((await ordersOf(id))[0]).toMatchObject({
      state: 'accepted',
      partyName: 'head',
      handlerName: 'head',
      deadlineMs: deadline,
    });
    const record = await town.rt.system('test', (tx) => findRecord(tx, id));
    expect(record.assigneeIds).toEqual([idOf('head')]);
    // Who worked on it does not verify it either.
    expect(record.handlerIds.toSorted()).toEqual([idOf('head'), idOf('member')].toSorted());
    expect(await timeline(id)).toEqual(expect.arrayContaining(['order:forward', 'order:take-over']));
    expect(await told('member', 'forward.accepted')).toBe(1);
  });

  it('declined or withdrawn stays where it was', async () => {
    const { id, orderId } = await offered();
    const first = await ask(orderId);
    await expect(answer('neighbour', first, true)).rejects.toMatchObject({ code: 'not-found' });
    await expect(answer('member', first, true)).rejects.toMatchObject({ code: 'forbidden' });
    await answer('head', first, false);
    const second = await ask(orderId);
    await town.rt.tx(town.as('member'), (tx) => withdrawForward(tx, second, undefined));
    await expect(answer('head', second, true)).rejects.toMatchObject({ code: 'move-not-allowed' });
    expect((await ordersOf(id))[0]).toMatchObject({ state: 'offered', partyName: 'member' });
    expect(await timeline(id)).toEqual(expect.arrayContaining(['order:forward-declined', 'order:forward-withdrawn']));
  });

  it('goes to colleagues of the own grid only, and not once it has moved on', async () => {
    const { orderId } = await offered();
    await expect(ask(orderId, 'neighbour')).rejects.toMatchObject({ details: { guard: 'colleague' } });
    await expect(ask(orderId, 'member', 'head')).rejects.toMatchObject({ code: 'forbidden' });
    const key = await ask(orderId);
    await town.rt.tx(town.as('dispatcher'), (tx) =>
      moveOrder(tx, orderId, { move: 'cancel', version: 1, reason: '不必了' }),
    );
    await expect(answer('head', key, true)).rejects.toMatchObject({ code: 'move-not-allowed' });
    // Nobody is shown what cannot be taken any more.
    expect((await town.rt.tx(town.as('head'), listForwards)).map((f) => f.id)).not.toContain(key);
  });

  it('not taken yet is taken by taking it over', async () => {
    const { id, orderId } = await offered();
    await answer('head', await ask(orderId), true);
    expect((await ordersOf(id))[0]).toMatchObject({ state: 'accepted', partyName: 'head' });
    expect((await town.rt.system('test', (tx) => findRecord(tx, id))).state).toBe('handling');
  });
});
