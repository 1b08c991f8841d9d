import { newId } from '@wangge/contract-kit';
import { findRecord, readIncident } from '@wangge/incidents';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTask } from '../src/actions/read-orders.ts';
import type { OrderMoveBody } from '../src/contract.ts';
import { dispatch, dispatchIncident, moveOrder } from '../src/index.ts';

const minuteMs = 60_000;
let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown([dispatch], { accounts: ['dispatcher', 'head', 'member', 'handler'] });
});
afterAll(() => town.close());

const account = (login: string) => ({ kind: 'account' as const, id: town.as(login).id ?? '' });
async function offered(parties = [account('member')]) {
  const { id } = await town.report({ categoryCode: 'service.errand', as: town.as('head') });
  const { version } = await town.rt.system('test', (tx) => findRecord(tx, id));
  await town.rt.tx(town.as('dispatcher'), (tx) => dispatchIncident(tx, id, { version, parties }));
  const { rows } = await town.owner.query<{ id: string; party_id: string }>(
    'select id, party_id from dispatch_orders where incident_id = $1',
    [id],
  );
  return { id, orders: new Map(rows.map((row) => [row.party_id, row.id])) };
}
const read = (id: string) => town.rt.tx(town.as('dispatcher'), (tx) => readIncident(tx, id));
const move = (login: string, orderId: string, body: object) =>
  town.rt.tx(town.as(login), (tx) => moveOrder(tx, orderId, { photoIds: [], ...body } as unknown as OrderMoveBody));

describe('moves made out of reach', () => {
  it('arrive together and stand in the timeline where they belong; the same ones again change nothing', async () => {
    const { id, orders } = await offered();
    const order = orders.get(town.as('member').id ?? '') ?? '';
    const contactMs = town.clock.nowMs();
    town.clock.advance(3 * 60 * minuteMs);
    const receivedMs = town.clock.nowMs();
    // A day ahead.
    const phone = (afterMin: number) => ({
      phoneMs: contactMs + afterMin * minuteMs + 86_400_000,
      clockOffsetMs: -86_400_000,
      contactMs,
    });
    const bodies = [
      { move: 'accept', version: 1, clientKey: newId(), phone: phone(10) },
      { move: 'arrive', version: 2, clientKey: newId(), phone: phone(40), reason: '没有信号' },
      { move: 'respond', version: 3, clientKey: newId(), phone: phone(70), text: '办好了' },
    ];
    for (const body of [...bodies, ...bodies]) await move('member', order, body);
    const incident = await read(id);
    expect(incident.state).toBe('responded');
    const at = (name: string) => incident.timeline.filter((e) => e.move === name).map((e) => e.atMs - contactMs);
    expect([at('order:accept'), at('order:arrive'), at('order:respond'), at('respond')]).toEqual(
      [10, 40, 70, 70].map((min) => [min * minuteMs]),
    );
    expect(incident.timeline.find((e) => e.move === 'order:respond')?.byPhone).toEqual({ ...phone(70), receivedMs });
    const task = await town.rt.tx(town.as('member'), (tx) => readTask(tx, order));
    expect(task.order.acceptedAtMs).toBe(contactMs + 10 * minuteMs);
    const record = await town.rt.system('test', (tx) => findRecord(tx, id));
    expect(record.stoppedMs).toBe(contactMs + 70 * minuteMs);
  });

  it('are never before what they follow on, nor after their arrival', async () => {
    const { id, orders } = await offered();
    const order = orders.get(town.as('member').id ?? '') ?? '';
    const offeredMs = town.clock.nowMs();
    town.clock.advance(60 * minuteMs);
    const receivedMs = town.clock.nowMs();
    await move('member', order, { move: 'accept', version: 1, phone: { phoneMs: 0, clockOffsetMs: 0, contactMs: 0 } });
    await move('member', order, {
      move: 'handle',
      version: 2,
      phone: { phoneMs: receivedMs + 86_400_000, clockOffsetMs: 0, contactMs: offeredMs },
    });
    const { timeline } = await read(id);
    expect(timeline.find((e) => e.move === 'order:accept')?.atMs).toBe(offeredMs);
    const handled = timeline.find((e) => e.move === 'order:handle');
    expect([handled?.atMs, handled?.byPhone]).toEqual([receivedMs, undefined]);
  });

  it('that were done before another party’s answer but arrive after it stop the clock at the later one', async () => {
    const { id, orders } = await offered([account('member'), account('head')]);
    const contactMs = town.clock.nowMs();
    const mine = orders.get(town.as('member').id ?? '') ?? '';
    const theirs = orders.get(town.as('head').id ?? '') ?? '';
    await move('member', mine, { move: 'accept', version: 1 });
    await move('head', theirs, { move: 'accept', version: 1 });
    town.clock.advance(60 * minuteMs);
    await move('head', theirs, { move: 'respond', version: 2, text: '办好了' });
    town.clock.advance(60 * minuteMs);
    const phone = { phoneMs: contactMs + 30 * minuteMs, clockOffsetMs: 0, contactMs };
    await move('member', mine, { move: 'respond', version: 2, text: '也好了', phone });
    const record = await town.rt.system('test', (tx) => findRecord(tx, id));
    expect([record.state, record.stoppedMs]).toEqual(['responded', contactMs + 60 * minuteMs]);
  });
});
