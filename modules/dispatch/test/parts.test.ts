/** An incident in parts for several departments: answered when all of them are, and none gets lost. */
import { newId } from '@wangge/contract-kit';
import { findRecord, moveIncident, readIncident } from '@wangge/incidents';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { seat } from '@wangge/staff/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderMoveBody, Party } from '../src/contract.ts';
import { listOrders } from '../src/actions/read-orders.ts';
import { dispatch, moveOrder } from '../src/index.ts';
import { holdsAnswer, partsProgress } from '../src/parts/rules.ts';
import { dropPart, type NewPart, splitIncident } from '../src/parts/split-incident.ts';
import { orderStateNames, orderStates } from '../src/states.ts';

describe('the rule', () => {
  const order = fc.record({
    state: fc.constantFrom(...orderStateNames),
    required: fc.boolean(),
    part: fc.boolean(),
    superseded: fc.boolean(),
  });
  it('counts each part once, and all are done only when nothing holds the answer', () => {
    fc.assert(
      fc.property(fc.array(order, { maxLength: 8 }), (orders) => {
        const parts = orders.map((o) => ({ ...o, required: o.required || o.part }));
        const { done, total } = partsProgress(parts);
        const living = parts.filter((o) => !(o.superseded && orderStates[o.state].open));
        expect(done).toBeLessThanOrEqual(total);
        const held = living.some((o) => o.part && holdsAnswer(o));
        expect(held).toBe(partsProgress(living).done < partsProgress(living).total);
      }),
    );
  });
  it('does not hold the answer for who only assists, whatever they do', () => {
    for (const state of orderStateNames) {
      expect(holdsAnswer({ state, required: false, part: false, superseded: false })).toBe(false);
      expect(holdsAnswer({ state, required: true, part: false, superseded: false })).toBe(orderStates[state].open);
    }
  });
});

let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown([dispatch], { accounts: ['dispatcher', 'member', 'handler', 'fireman'] });
  // Without people a department gets nothing.
  for (const code of ['slz', 'gds']) {
    const departmentId = town.departments.get(code) ?? null;
    await seat(town.rt, [{ role: 'department-handler', area: town.root, departmentId }], code);
  }
});
afterAll(() => town.close());

const record = (id: string) => town.rt.system('test', (tx) => findRecord(tx, id));
const department = (code: string): Party => ({ kind: 'department', id: town.departments.get(code) ?? '' });
const member = (): Party => ({ kind: 'account', id: town.as('member').id ?? '' });
async function split(id: string, parts: NewPart[], more: { clientKey?: string; version?: number } = {}) {
  const version = more.version ?? (await record(id)).version;
  await town.rt.tx(town.as('dispatcher'), (tx) => splitIncident(tx, id, { parts, ...more, version }));
  return orders(id);
}
const orders = (id: string) => town.rt.tx(town.as('dispatcher'), (tx) => listOrders(tx, id));
async function move(login: string, orderId: string, body: Record<string, unknown> & { move: OrderMoveBody['move'] }) {
  const { rows } = await town.owner.query<{ version: number }>('select version from dispatch_orders where id = $1', [
    orderId,
  ]);
  const version = rows[0]?.version ?? 0;
  await town.rt.tx(town.as(login), (tx) => moveOrder(tx, orderId, { version, photoIds: [], ...body } as OrderMoveBody));
}
const answer = async (login: string, orderId: string) => {
  await move(login, orderId, { move: 'accept' });
  await move(login, orderId, { move: 'respond', text: '已办' });
};
const parts = async (id: string) =>
  (await town.rt.tx(town.as('dispatcher'), (tx) => readIncident(tx, id))).parts ?? null;
async function threeParts() {
  const { id } = await town.report({ categoryCode: 'service.errand', as: town.as('member') });
  const list = await split(id, [
    { party: department('cgd'), task: '清理占道' },
    { party: department('yjb'), task: '排查隐患' },
    { party: member(), task: '走访居民' },
  ]);
  const of = (party: Party) => list.find((o) => o.party.id === party.id)?.id ?? '';
  return { id, cgd: of(department('cgd')), yjb: of(department('yjb')), mine: of(member()) };
}

describe('an incident in parts', () => {
  it('has a task for each, shows how far it is, and is answered when all are', async () => {
    const { id, cgd, yjb, mine } = await threeParts();
    expect((await orders(id)).map((o) => [o.task, o.required, o.part])).toEqual([
      ['清理占道', true, true],
      ['排查隐患', true, true],
      ['走访居民', true, true],
    ]);
    expect(await parts(id)).toEqual({ done: 0, total: 3 });
    await answer('handler', cgd);
    await answer('fireman', yjb);
    expect(await parts(id)).toEqual({ done: 2, total: 3 });
    expect((await record(id)).state).toBe('handling');
    await expect(
      town.rt.tx(town.as('dispatcher'), async (tx) =>
        moveIncident(tx, id, { move: 'close', version: (await findRecord(tx, id)).version }),
      ),
    ).rejects.toMatchObject({ code: 'move-not-allowed' });
    await answer('member', mine);
    expect(await parts(id)).toEqual({ done: 3, total: 3 });
    expect((await record(id)).state).toBe('responded');
  });

  it('goes on without a part that is cancelled with a reason', async () => {
    const { id, cgd, yjb, mine } = await threeParts();
    await answer('handler', cgd);
    await answer('member', mine);
    await expect(move('dispatcher', yjb, { move: 'cancel', reason: ' ' })).rejects.toMatchObject({
      details: { guard: 'reason' },
    });
    await move('dispatcher', yjb, { move: 'cancel', reason: '不涉及' });
    expect(await parts(id)).toEqual({ done: 2, total: 2 });
    expect((await record(id)).state).toBe('responded');
  });

  it('waits for a part that came back until somebody else has done it', async () => {
    const { id, cgd, yjb, mine } = await threeParts();
    await answer('handler', cgd);
    await answer('member', mine);
    await move('fireman', yjb, { move: 'return', reason: '不属于我办' });
    expect(await parts(id)).toEqual({ done: 2, total: 3 });
    expect((await record(id)).state).toBe('handling');
    const list = await split(id, [{ party: department('slz'), task: '排查隐患', replaces: yjb }]);
    expect(list.find((o) => o.id === yjb)?.unsettled).toBe(false);
    expect(await parts(id)).toEqual({ done: 2, total: 3 });
    await expect(split(id, [{ party: department('gds'), task: '再查', replaces: yjb }])).rejects.toMatchObject({
      details: { guard: 'returned-part' },
    });
    expect((await orders(id)).some((o) => o.party.id === department('gds').id)).toBe(false);
  });

  it('or until the dispatcher does without it', async () => {
    const { id, cgd, yjb, mine } = await threeParts();
    await answer('handler', cgd);
    await answer('member', mine);
    await move('fireman', yjb, { move: 'return', reason: '不属于我办' });
    const version = (await orders(id)).find((o) => o.id === yjb)?.version ?? 0;
    const drop = (login: string) =>
      town.rt.tx(town.as(login), (tx) => dropPart(tx, yjb, { version, reason: '现场已排除' }));
    await expect(drop('handler')).rejects.toMatchObject({ code: 'forbidden' });
    await drop('dispatcher');
    expect((await record(id)).state).toBe('responded');
    expect(await parts(id)).toEqual({ done: 2, total: 2 });
    await expect(drop('dispatcher')).rejects.toMatchObject({ code: 'stale-edit' });
  });

  it('makes all parts or none, once for each click, and tells who was slower', async () => {
    const { id } = await town.report({ categoryCode: 'service.errand', as: town.as('member') });
    const { version } = await record(id);
    const clientKey = newId();
    const two: NewPart[] = [
      { party: department('cgd'), task: '一' },
      { party: department('yjb'), task: '二' },
    ];
    await split(id, two, { clientKey, version });
    await split(id, two, { clientKey, version });
    expect(await orders(id)).toHaveLength(2);
    await expect(split(id, [{ party: department('slz'), task: '三' }], { version })).rejects.toMatchObject({
      code: 'stale-edit',
    });
    await expect(
      split(id, [
        { party: department('slz'), task: '三' },
        { party: department('cgd'), task: '又一' },
      ]),
    ).rejects.toMatchObject({ code: 'already-exists', field: 'parts.1.party' });
    expect(await orders(id)).toHaveLength(2);
  });
});
