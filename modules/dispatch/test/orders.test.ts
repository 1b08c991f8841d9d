import { newId } from '@wangge/contract-kit';
import { findRecord, moveIncident, readIncident, reportIncident, setParties } from '@wangge/incidents';
import type { MoveBody } from '@wangge/incidents/contract';
import { type IncidentTown, openIncidentTown, smallPhoto } from '@wangge/incidents/testkit';
import { sql, storePhoto } from '@wangge/kernel';
import { until } from '@wangge/kernel/testkit';
import { seat } from '@wangge/staff/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderMoveBody, Party } from '../src/contract.ts';
import { listCandidates, listMyTasks, listOrders, readTask } from '../src/actions/read-orders.ts';
import { dispatch, dispatchIncident, moveOrder } from '../src/index.ts';

let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown([dispatch], {
    accounts: ['dispatcher', 'dispatcher2', 'head', 'member', 'neighbour', 'cadre', 'volunteer', 'handler', 'handler2'],
  });
  // Without people a department gets nothing by the rule.
  for (const [code, departmentId] of town.departments) {
    if (code !== 'cgd') await seat(town.rt, [{ role: 'department-handler', area: town.root, departmentId }], code);
  }
});
afterAll(() => town.close());

const record = (id: string) => town.rt.system('test', (tx) => findRecord(tx, id));
const account = (login: string): Party => ({ kind: 'account', id: town.as(login).id ?? '' });
const department = (code: string): Party => ({ kind: 'department', id: town.departments.get(code) ?? '' });
const orders = (id: string) => town.rt.tx(town.as('dispatcher'), (tx) => listOrders(tx, id));

async function send(id: string, parties?: Party[], login = 'dispatcher') {
  const { version } = await record(id);
  await town.rt.tx(town.as(login), (tx) => dispatchIncident(tx, id, { version, parties }));
  return orders(id);
}
async function move(login: string, orderId: string, body: Record<string, unknown> & { move: OrderMoveBody['move'] }) {
  const { version } = (
    await town.owner.query<{ version: number }>('select version from dispatch_orders where id = $1', [orderId])
  ).rows[0] ?? { version: 0 };
  await town.rt.tx(town.as(login), (tx) => moveOrder(tx, orderId, { version, photoIds: [], ...body } as OrderMoveBody));
}
async function moveOfIncident(login: string, id: string, body: Record<string, unknown> & { move: MoveBody['move'] }) {
  const { version } = await record(id);
  await town.rt.tx(town.as(login), (tx) => moveIncident(tx, id, { version, ...body } as MoveBody));
}
/** An incident whose category asks for no proof, with one order at the member. */
async function offered(parties: Party[] = [account('member')]) {
  const { id } = await town.report({ categoryCode: 'service.errand', as: town.as('head') });
  const list = await send(id, parties);
  const first = list[0];
  if (!first) throw new Error('no order');
  return { id, order: first.id, list };
}
const state = async (orderId: string) =>
  (await town.owner.query<{ state: string }>('select state from dispatch_orders where id = $1', [orderId])).rows[0]
    ?.state;

describe('one click', () => {
  it('accepts, registers and offers to the grid’s member and the category’s department', async () => {
    const { id } = await town.rt.system('portal', (tx) =>
      reportIncident(tx, `resident:${newId()}`, {
        categoryCode: 'patrol.stall',
        description: '占道经营',
        areaId: town.grids[0].id,
      }),
    );
    const list = await send(id);
    expect(list.map((o) => [o.party.id, o.required, o.state])).toEqual([
      [town.as('member').id, true, 'offered'],
      [town.departments.get('cgd'), false, 'offered'],
    ]);
    const incident = await town.rt.tx(town.as('dispatcher'), (tx) => readIncident(tx, id));
    expect(incident.state).toBe('registered');
    expect(incident.timeline.map((e) => e.move)).toEqual([
      'report',
      'accept',
      'register',
      'order:offer',
      'order:offer',
    ]);
    // The department's people see it now, others' still do not.
    await expect(town.rt.tx(town.as('handler'), (tx) => readIncident(tx, id))).resolves.toBeDefined();
    await expect(town.rt.tx(town.as('fireman'), (tx) => readIncident(tx, id))).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('by two dispatchers at once makes one set of orders', async () => {
    const { id } = await town.report();
    const { version } = await record(id);
    const tries = await Promise.allSettled(
      ['dispatcher', 'dispatcher2'].map((login) =>
        town.rt.tx(town.as(login), (tx) => dispatchIncident(tx, id, { version })),
      ),
    );
    expect(tries.map((t) => t.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(tries.find((t) => t.status === 'rejected')).toMatchObject({ reason: { code: 'stale-edit' } });
    expect(await orders(id)).toHaveLength(2);
  });

  it('sent twice by the same click changes nothing', async () => {
    const { id } = await town.report();
    const { version } = await record(id);
    const clientKey = newId();
    const once = () => town.rt.tx(town.as('dispatcher'), (tx) => dispatchIncident(tx, id, { version, clientKey }));
    await once();
    await once();
    expect(await orders(id)).toHaveLength(2);
  });

  it('refuses a party that does not exist, members without the right, and a closed incident', async () => {
    const { id } = await town.report();
    await expect(send(id, [{ kind: 'account', id: newId() }])).rejects.toMatchObject({
      code: 'guard-failed',
      details: { guard: 'party-can-receive' },
    });
    await expect(send(id, undefined, 'member')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(send(id, undefined, 'neighbour')).rejects.toMatchObject({ code: 'not-found' });
    const done = await town.report({ categoryCode: 'service.errand', selfHandled: true });
    await expect(send(done.id)).rejects.toMatchObject({ code: 'move-not-allowed' });
    await expect(send((await offered()).id, [account('member')])).rejects.toMatchObject({ code: 'already-exists' });
  });
});

describe('an order', () => {
  it('goes from offer to response, and the incident with it to its closing', async () => {
    const { id, order } = await offered();
    await move('member', order, { move: 'accept' });
    expect((await record(id)).state).toBe('handling');
    await move('member', order, { move: 'arrive', place: { lon: 119, lat: 31.5 } });
    await move('member', order, { move: 'handle' });
    await move('member', order, { move: 'respond', text: '已送到' });
    expect(await record(id)).toMatchObject({ state: 'responded', openOrders: 0 });
    await moveOfIncident('dispatcher', id, { move: 'close' });
    const incident = await town.rt.tx(town.as('dispatcher'), (tx) => readIncident(tx, id));
    expect(incident.timeline.map((e) => e.move)).toEqual([
      'report',
      'accept',
      'register',
      'order:offer',
      'order:accept',
      'start',
      'order:arrive',
      'order:handle',
      'order:respond',
      'respond',
      'close',
    ]);
  });

  it('is not responded without proof where the category asks for it', async () => {
    const { id } = await town.report({ categoryCode: 'environment.rubbish' });
    const [order] = await send(id, [account('member')]);
    await move('member', order?.id ?? '', { move: 'accept' });
    await expect(move('member', order?.id ?? '', { move: 'respond', text: '清了' })).rejects.toMatchObject({
      details: { guard: 'proof-where-asked' },
    });
    const { fileId } = await storePhoto(town.rt, town.as('member'), smallPhoto);
    await move('member', order?.id ?? '', { move: 'respond', text: '清了', photoIds: [fileId] });
    const incident = await town.rt.tx(town.as('dispatcher'), (tx) => readIncident(tx, id));
    expect(incident.photos).toMatchObject([{ fileId, purpose: 'proof' }]);
    expect(incident.moves).toContain('close');
  });

  it('arrives with a position or a reason', async () => {
    const { order } = await offered();
    await move('member', order, { move: 'accept' });
    await expect(move('member', order, { move: 'arrive' })).rejects.toMatchObject({
      details: { guard: 'position-or-reason' },
    });
    await move('member', order, { move: 'arrive', reason: '山里没有信号' });
    expect(await state(order)).toBe('arrived');
  });

  it('returned goes to a dispatcher by name, out of the party’s sight; the incident goes on', async () => {
    const { id, order } = await offered([account('volunteer')]);
    await move('volunteer', order, { move: 'accept' });
    await move('volunteer', order, { move: 'return', reason: '人在外地' });
    const incident = await town.rt.tx(town.as('dispatcher'), (tx) => readIncident(tx, id));
    expect(incident).toMatchObject({ state: 'handling' });
    expect(incident.timeline.at(-1)).toMatchObject({
      move: 'order:return',
      partyName: 'dispatcher',
      reason: '人在外地',
    });
    await expect(town.rt.tx(town.as('volunteer'), (tx) => readIncident(tx, id))).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await send(id, [account('member')])).toHaveLength(2);
  });

  it('is passed on by the head, within the own team only', async () => {
    const { id, order } = await offered();
    await expect(
      move('head', order, { move: 'pass-on', party: account('neighbour'), reason: '有事' }),
    ).rejects.toMatchObject({ details: { guard: 'within-own-team' } });
    await expect(
      move('member', order, { move: 'pass-on', party: account('volunteer'), reason: '有事' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await move('head', order, { move: 'pass-on', party: account('volunteer'), reason: '有事' });
    expect((await orders(id)).map((o) => [o.partyName, o.state])).toEqual([
      ['member', 'cancelled'],
      ['volunteer', 'offered'],
    ]);
  });

  it('of a department is anybody’s there until taken, and then shows who took it', async () => {
    const { id, order } = await offered([department('cgd')]);
    await expect(move('fireman', order, { move: 'accept' })).rejects.toMatchObject({ code: 'not-found' });
    await move('handler2', order, { move: 'accept' });
    expect((await orders(id))[0]).toMatchObject({ handlerName: 'handler2', partyName: '城市管理执法队' });
    const tasks = await town.rt.tx(town.as('handler'), (tx) => listMyTasks(tx, { limit: 50 }));
    expect(tasks.items.map((t) => t.order.id)).toContain(order);
  });

  it('on a stale version and by a stranger is refused; again is not', async () => {
    const { order } = await offered();
    const body = { move: 'accept', version: 1, clientKey: newId() } as const;
    const once = (login: string) => town.rt.tx(town.as(login), (tx) => moveOrder(tx, order, body));
    await expect(once('neighbour')).rejects.toMatchObject({ code: 'not-found' });
    await once('member');
    await once('member');
    await expect(
      town.rt.tx(town.as('member'), (tx) => moveOrder(tx, order, { move: 'handle', version: 1 })),
    ).rejects.toMatchObject({ code: 'stale-edit', details: { current: 2 } });
  });

  it('two members of a department who accept at once: one has it', async () => {
    const { order } = await offered([department('cgd')]);
    const tries = await Promise.allSettled(
      ['handler', 'handler2'].map((login) =>
        town.rt.tx(town.as(login), (tx) => moveOrder(tx, order, { move: 'accept', version: 1 })),
      ),
    );
    expect(tries.map((t) => t.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('several orders', () => {
  it('the incident waits for every required one', async () => {
    const { id, list } = await offered([account('member'), department('cgd')]);
    const [mine, theirs] = list;
    await move('member', mine?.id ?? '', { move: 'accept' });
    await move('handler', theirs?.id ?? '', { move: 'accept' });
    await move('member', mine?.id ?? '', { move: 'respond', text: '好了' });
    expect((await record(id)).state).toBe('handling');
    await move('dispatcher', theirs?.id ?? '', { move: 'cancel', reason: '不需要了' });
    expect((await record(id)).state).toBe('responded');
    // Whoever had it in hand does not verify.
    expect((await record(id)).handlerIds).toEqual(
      expect.arrayContaining([town.as('member').id, town.as('handler').id]),
    );
  });

  it('closing cancels those that were not required', async () => {
    const { id } = await town.report({ categoryCode: 'service.repair' });
    const [mine, theirs] = await send(id);
    expect(theirs?.required).toBe(false);
    await move('member', mine?.id ?? '', { move: 'accept' });
    await move('member', mine?.id ?? '', { move: 'respond', text: '修好了' });
    await moveOfIncident('dispatcher', id, { move: 'close' });
    expect(await state(theirs?.id ?? '')).toBe('cancelled');
    expect(await record(id)).toMatchObject({ state: 'closed', openOrders: 0 });
  });
});

describe('together with the incident', () => {
  async function responded() {
    const made = await offered();
    await move('member', made.order, { move: 'accept' });
    await move('member', made.order, { move: 'respond', text: '好了' });
    return made;
  }

  it('rework reopens the order', async () => {
    const { id, order } = await responded();
    await moveOfIncident('dispatcher', id, { move: 'rework', reason: '没好' });
    expect(await state(order)).toBe('handling');
    expect(await record(id)).toMatchObject({ state: 'handling', openRequiredOrders: 1, stoppedMs: null });
    await move('member', order, { move: 'respond', text: '这次好了' });
    expect((await record(id)).state).toBe('responded');
  });

  it('self-handled work that is sent back gets an order', async () => {
    const { id } = await town.report({ categoryCode: 'service.errand', selfHandled: true });
    await moveOfIncident('dispatcher', id, { move: 'rework', reason: '没好' });
    expect(await record(id)).toMatchObject({ state: 'handling', openRequiredOrders: 1 });
  });

  it('merging cancels orders, undoing it offers them again', async () => {
    const { id, order } = await offered();
    await move('member', order, { move: 'accept' });
    const target = await town.report();
    await moveOfIncident('dispatcher', id, { move: 'merge', targetId: target.id, reason: '重复' });
    expect(await state(order)).toBe('cancelled');
    await moveOfIncident('dispatcher', id, { move: 'unmerge', reason: '不重复' });
    expect(await record(id)).toMatchObject({ state: 'handling', openOrders: 1 });
    expect((await orders(id)).map((o) => [o.partyName, o.state])).toEqual([
      ['member', 'cancelled'],
      ['member', 'offered'],
    ]);
  });

  it('a granted reopening makes a new order and starts the clock anew', async () => {
    const { id, order } = await responded();
    await moveOfIncident('dispatcher', id, { move: 'close' });
    town.clock.advance(3_600_000);
    await moveOfIncident('head', id, { move: 'ask-reopen', reason: '又坏了' });
    await moveOfIncident('dispatcher2', id, { move: 'grant-reopen', reason: '同意' });
    const after = await record(id);
    expect(after).toMatchObject({ state: 'handling', openRequiredOrders: 1, closedMs: null });
    expect(after.deadlineMs).toBe(town.clock.nowMs() + 3 * 24 * 3_600_000);
    const [old, fresh] = await orders(id);
    expect([old?.id, old?.state, fresh?.state]).toEqual([order, 'responded', 'offered']);
    // The old answer does not count for the new round.
    await move('dispatcher', fresh?.id ?? '', { move: 'cancel', reason: '换人' });
    expect((await record(id)).state).toBe('handling');
  });
});

describe('candidates and tasks', () => {
  it('come in order, with reasons in words', async () => {
    const { id } = await town.report({ categoryCode: 'patrol.stall' });
    const list = await town.rt.tx(town.as('dispatcher'), (tx) => listCandidates(tx, id));
    expect(list.slice(0, 2).map((c) => [c.name, c.suggested])).toEqual([
      ['member', true],
      ['城市管理执法队', true],
    ]);
    expect(list[0]?.reason.zh).toMatch(/^本辖区网格员，未在岗，位置未知，手头(无工单| \d+ 单)$/);
    expect(list.find((c) => c.name === 'neighbour')?.suggested).toBe(false);
  });

  it('pages through my tasks and separates what is done', async () => {
    for (let i = 0; i < 4; i++) await offered();
    const as = town.as('member');
    const first = await town.rt.tx(as, (tx) => listMyTasks(tx, { limit: 2 }));
    const second = await town.rt.tx(as, (tx) => listMyTasks(tx, { limit: 2, cursor: first.nextCursor ?? '' }));
    const ids = [...first.items, ...second.items].map((t) => t.order.id);
    expect(new Set(ids).size).toBe(4);
    expect(first.items[0]?.order.moves).toEqual(['accept', 'return']);
    const done = await town.rt.tx(as, (tx) => listMyTasks(tx, { limit: 200, done: true }));
    expect(done.items.every((t) => !['offered', 'accepted', 'handling'].includes(t.order.state))).toBe(true);
    const task = await town.rt.tx(as, (tx) => readTask(tx, ids[0] ?? ''));
    expect(task.incident.description).not.toBe('');
  });

  it('tells the party of its order', async () => {
    await town.startJobs();
    const { id } = await offered();
    const told = await until(async () => {
      const rows = await town.owner.query<{ subject_id: string }>(
        "select subject_id from notify_messages where template = 'order.offered' and account_id = $1",
        [town.as('member').id],
      );
      return rows.rows.find((r) => r.subject_id === id);
    }, 'the message');
    expect(told.subject_id).toBe(id);
  });
});

describe('row-level security', () => {
  it('lets nobody write orders but the platform', async () => {
    const { id, order } = await offered();
    const forged = town.rt.tx(town.as('member'), (tx) =>
      tx.run(sql`update dispatch_orders set state = 'responded' where id = ${order}`),
    );
    expect(await forged).toBe(0);
    await town.rt.system('test', (tx) => setParties(tx, id, { assigneeIds: [], departmentIds: [] }));
  });
});
