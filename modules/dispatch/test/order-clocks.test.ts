/** Orders have clocks of their own; suspensions and extensions are asked for by one and approved by another. */
import { findRecord, readIncident } from '@wangge/incidents';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { until } from '@wangge/kernel/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderMoveBody } from '../src/contract.ts';
import { listOrders, readTask } from '../src/actions/read-orders.ts';
import { dispatch, dispatchIncident, moveOrder } from '../src/index.ts';

const hour = 3_600_000;
let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown([dispatch], { accounts: ['dispatcher', 'leader', 'member', 'neighbour', 'handler'] });
  // Clocks are wound, and go on by themselves, where the jobs run.
  await town.startJobs();
});
afterAll(() => town.close());

const record = (id: string) => town.rt.system('test', (tx) => findRecord(tx, id));
const ordersAs = (login: string, id: string) => town.rt.tx(town.as(login), (tx) => listOrders(tx, id));
/** Why the resident's clock stands, as the task's own member sees it. */
const pausedFor = async (login: string, orderId: string) =>
  (await town.rt.tx(town.as(login), (tx) => readTask(tx, orderId))).incident.paused;
async function move(login: string, orderId: string, body: Record<string, unknown> & { move: OrderMoveBody['move'] }) {
  const { rows } = await town.owner.query<{ version: number }>('select version from dispatch_orders where id = $1', [
    orderId,
  ]);
  const version = rows[0]?.version ?? 0;
  const defaults = { photoIds: [], granted: true, withIncident: false };
  await town.rt.tx(town.as(login), (tx) => moveOrder(tx, orderId, { ...defaults, version, ...body } as OrderMoveBody));
}
async function send(id: string, ...logins: string[]) {
  const { version } = await record(id);
  const parties = logins.map((login) => ({ kind: 'account' as const, id: town.as(login).id ?? '' }));
  await town.rt.tx(town.as('dispatcher'), (tx) => dispatchIncident(tx, id, { version, parties }));
  return ordersAs('dispatcher', id);
}
/** Of an order, once its clock was wound. */
async function deadline(id: string, orderId: string): Promise<number> {
  return until(async () => {
    const order = (await ordersAs('dispatcher', id)).find((o) => o.id === orderId);
    return order?.deadlineMs ?? null;
  }, 'the order’s clock to be wound');
}
/** Three days round the clock by its category. */
async function accepted() {
  const { id } = await town.report({ categoryCode: 'service.errand' });
  const [order] = await send(id, 'member');
  if (!order) throw new Error('no order');
  await move('member', order.id, { move: 'accept' });
  return { id, orderId: order.id };
}
const timeline = async (id: string) =>
  (await town.rt.system('test', (tx) => readIncident(tx, id))).timeline.map((e) => e.move);

describe('an order’s clock', () => {
  it('of a second team starts with its own offer, beside the resident’s', async () => {
    const { id, orderId } = await accepted();
    const startMs = town.clock.nowMs();
    const resident = (await record(id)).deadlineMs;
    expect(await deadline(id, orderId)).toBe(startMs + 72 * hour);
    town.clock.advance(10 * hour);
    const second = (await send(id, 'neighbour')).find((o) => o.id !== orderId);
    expect(await deadline(id, second?.id ?? '')).toBe(startMs + 82 * hour);
    expect((await record(id)).deadlineMs).toBe(resident);
    expect(await deadline(id, orderId)).toBe(startMs + 72 * hour);
  });

  it('ends with the order, and goes on with what was left when it is sent back', async () => {
    const { id, orderId } = await accepted();
    const before = await deadline(id, orderId);
    await move('member', orderId, { move: 'respond', text: '已办好' });
    expect((await ordersAs('dispatcher', id))[0]?.deadlineMs).toBeNull();
    town.clock.advance(5 * hour);
    const { version } = await record(id);
    const { moveIncident } = await import('@wangge/incidents');
    await town.rt.tx(town.as('dispatcher'), (tx) =>
      moveIncident(tx, id, { move: 'rework', version, reason: '没有办完' }),
    );
    expect(await deadline(id, orderId)).toBe(before + 5 * hour);
  });
});

describe('a suspension', () => {
  const ask = (orderId: string, hours: number) =>
    move('member', orderId, { move: 'ask-suspend', reason: '等配件', untilMs: town.clock.nowMs() + hours * hour });

  it('is asked for by the party and approved by somebody else; the clock stands until the party goes on', async () => {
    const { id, orderId } = await accepted();
    const before = await deadline(id, orderId);
    const resident = (await record(id)).deadlineMs ?? 0;
    await ask(orderId, 48);
    await expect(ask(orderId, 48)).rejects.toMatchObject({ details: { guard: 'nothing-pending' } });
    await expect(move('member', orderId, { move: 'approve' })).rejects.toMatchObject({ code: 'forbidden' });
    expect((await ordersAs('leader', id))[0]).toMatchObject({
      pending: 'suspend',
      asked: { reason: '等配件', byName: 'member' },
      moves: ['approve'],
    });
    await move('leader', orderId, { move: 'approve' });
    expect((await ordersAs('dispatcher', id))[0]).toMatchObject({
      state: 'suspended',
      pending: null,
      deadlineMs: null,
    });
    town.clock.advance(3 * hour);
    await move('member', orderId, { move: 'resume' });
    expect((await ordersAs('dispatcher', id))[0]).toMatchObject({ state: 'accepted' });
    expect(await deadline(id, orderId)).toBe(before + 3 * hour);
    // The approver left the resident's clock alone.
    expect((await record(id)).deadlineMs).toBe(resident);
  });

  it('that holds for the resident too ends for both at its date, by itself', async () => {
    const { id, orderId } = await accepted();
    const before = await deadline(id, orderId);
    const resident = (await record(id)).deadlineMs ?? 0;
    await ask(orderId, 2);
    await move('dispatcher', orderId, { move: 'approve', withIncident: true });
    expect((await record(id)).deadlineMs).toBeNull();
    const untilMs = town.clock.nowMs() + 2 * hour;
    expect(await pausedFor('member', orderId)).toEqual({ why: 'suspension', untilMs });
    town.clock.advance(6 * hour);
    await until(async () => (await ordersAs('dispatcher', id))[0]?.state === 'accepted', 'the order to go on');
    expect(await deadline(id, orderId)).toBe(before + 2 * hour);
    await until(async () => (await record(id)).deadlineMs === resident + 2 * hour, 'the resident’s clock to go on');
    expect(await pausedFor('member', orderId)).toBeNull();
    expect(await timeline(id)).toContain('order:resume');
  });

  it('not granted changes nothing; withdrawn by a cancelled order the resident’s clock goes on', async () => {
    const { id, orderId } = await accepted();
    const before = await deadline(id, orderId);
    await ask(orderId, 24);
    await move('leader', orderId, { move: 'approve', granted: false, reason: '可先处置' });
    expect((await ordersAs('dispatcher', id))[0]).toMatchObject({
      state: 'accepted',
      pending: null,
      deadlineMs: before,
    });
    const resident = (await record(id)).deadlineMs ?? 0;
    await ask(orderId, 24);
    await move('leader', orderId, { move: 'approve', withIncident: true });
    town.clock.advance(hour);
    await move('dispatcher', orderId, { move: 'cancel', reason: '改派' });
    expect((await record(id)).deadlineMs).toBe(resident + hour);
  });
});

describe('an extension', () => {
  it('moves the order’s deadline to the date, and the resident’s where the approver says so', async () => {
    const { id, orderId } = await accepted();
    const before = await deadline(id, orderId);
    const resident = (await record(id)).deadlineMs ?? 0;
    const untilMs = before + 24 * hour;
    await move('member', orderId, { move: 'ask-extend', reason: '需要专业队伍', untilMs });
    await move('leader', orderId, { move: 'approve' });
    expect(await deadline(id, orderId)).toBe(untilMs);
    expect((await record(id)).deadlineMs).toBe(resident);
    await move('member', orderId, { move: 'ask-extend', reason: '还差两天', untilMs: untilMs + 48 * hour });
    await move('leader', orderId, { move: 'approve', withIncident: true });
    expect(await deadline(id, orderId)).toBe(untilMs + 48 * hour);
    expect((await record(id)).deadlineMs).toBe(untilMs + 48 * hour);
    expect((await timeline(id)).filter((each) => each === 'clock:extend')).toHaveLength(3);
    await expect(
      move('member', orderId, { move: 'ask-extend', reason: '过去', untilMs: town.clock.nowMs() - 1 }),
    ).rejects.toMatchObject({ details: { guard: 'until-when' } });
  });
});
