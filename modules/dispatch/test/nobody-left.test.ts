/** Nothing falls into a hole: departments without people, areas without a member, members who are gone. */
import { newId } from '@wangge/contract-kit';
import { findRecord, moveIncident, readIncident } from '@wangge/incidents';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { sql } from '@wangge/kernel';
import { until } from '@wangge/kernel/testkit';
import { seat, type Seat } from '@wangge/staff/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderMoveBody, Party } from '../src/contract.ts';
import { replaceParty, strandedOrders } from '../src/actions/replace-party.ts';
import { listOrders } from '../src/actions/read-orders.ts';
import { dispatch, dispatchIncident, moveOrder } from '../src/index.ts';

let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown([dispatch], {
    accounts: ['dispatcher', 'dispatcher2', 'leader', 'admin', 'head', 'member', 'handler', 'handler2', 'fireman'],
  });
});
afterAll(() => town.close());

const orders = (id: string) => town.rt.tx(town.as('dispatcher'), (tx) => listOrders(tx, id));
const account = (id: string): Party => ({ kind: 'account', id });
const department = (code: string): Party => ({ kind: 'department', id: town.departments.get(code) ?? '' });
async function send(parties: Party[] | undefined, more: Parameters<IncidentTown['report']>[0] = {}) {
  const { id } = await town.report({ categoryCode: 'service.errand', ...more });
  await again(id, parties);
  return id;
}
async function again(id: string, parties: Party[] | undefined) {
  const { version } = await town.rt.system('test', (tx) => findRecord(tx, id));
  await town.rt.tx(town.as('dispatcher'), (tx) => dispatchIncident(tx, id, { version, parties }));
}
async function move(actor: Seat['actor'], orderId: string, body: Record<string, unknown>) {
  const { rows } = await town.owner.query<{ version: number }>('select version from dispatch_orders where id = $1', [
    orderId,
  ]);
  await town.rt.tx(actor, (tx) =>
    moveOrder(tx, orderId, { version: rows[0]?.version, photoIds: [], ...body } as unknown as OrderMoveBody),
  );
}
const orderOf = async (id: string, partyId: string) => {
  const found = (await orders(id)).findLast((o) => o.party.id === partyId && o.state === 'offered');
  if (!found) throw new Error('no such order');
  return found.id;
};
const timeline = async (id: string) =>
  (await town.rt.tx(town.as('dispatcher'), (tx) => readIncident(tx, id))).timeline.map((e) => [e.move, e.partyName]);
const replaceAll = (accountId: string | null) =>
  town.rt
    .system('test', (tx) => strandedOrders(tx, accountId))
    .then(async (list) => {
      for (const each of list) await town.rt.system('test', (tx) => replaceParty(tx, each));
    });

describe('a member who is gone', () => {
  it('leaves the open order to whom the rules choose now, once, however often it is asked', async () => {
    const gone = await seat(town.rt, [{ role: 'grid-member', area: town.grids[0] }], '前网格员');
    const id = await send([account(gone.id)]);
    await town.owner.query('update staff_accounts set enabled = false where id = $1', [gone.id]);
    await replaceAll(gone.id);
    await replaceAll(gone.id);
    expect((await orders(id)).map((o) => [o.party.id, o.state, o.required])).toEqual([
      [gone.id, 'cancelled', true],
      [town.as('member').id, 'offered', true],
    ]);
    expect(await town.rt.system('test', (tx) => findRecord(tx, id))).toMatchObject({ openRequiredOrders: 1 });
  });

  it('hears of it through the change itself: disabled by the administrator', async () => {
    await town.startJobs();
    const gone = await seat(town.rt, [{ role: 'grid-member', area: town.grids[0] }], '被停用者');
    const id = await send([account(gone.id)]);
    const answer = await town.app.inject({
      method: 'PATCH',
      url: `/api/staff/accounts/${gone.id}`,
      headers: { 'x-wangge': '1', cookie: (await seat(town.rt, [{ role: 'system-admin', area: town.root }])).cookie },
      payload: { enabled: false },
    });
    expect(answer.statusCode).toBe(200);
    await until(
      async () => (await orders(id)).some((o) => o.party.id === town.as('member').id && o.state === 'offered'),
      'an order for the member of the grid',
    );
  });

  it('who had a department’s order in hand leaves it to the department', async () => {
    const extra = await seat(
      town.rt,
      [{ role: 'department-handler', area: town.root, departmentId: department('cgd').id }],
      '前处置员',
    );
    const id = await send([department('cgd')]);
    await move(extra.actor, await orderOf(id, department('cgd').id), { move: 'accept' });
    await town.owner.query('delete from staff_posts where account_id = $1', [extra.id]);
    await replaceAll(extra.id);
    expect(await orders(id)).toMatchObject([{ state: 'accepted', handlerId: null, party: department('cgd') }]);
    expect((await timeline(id)).map(([m]) => m)).toContain('order:hand-back');
    // Anybody of the department goes on with it.
    await move(town.as('handler2'), (await orders(id))[0]?.id ?? '', { move: 'respond', text: '接着办完了' });
    expect((await orders(id))[0]?.state).toBe('responded');
  });

  it('keeps nothing from closing where the order only assisted', async () => {
    const gone = await seat(town.rt, [{ role: 'volunteer', area: town.grids[0] }], '志愿者');
    const id = await send([account(gone.id)]);
    await town.owner.query('update dispatch_orders set required = false where incident_id = $1', [id]);
    await town.owner.query('update staff_accounts set enabled = false where id = $1', [gone.id]);
    await replaceAll(gone.id);
    expect((await orders(id)).map((o) => o.state)).toEqual(['cancelled']);
  });
});

describe('a department without people', () => {
  it('receives no order, by name or by the default', async () => {
    await expect(send([department('xcb')])).rejects.toMatchObject({ details: { guard: 'party-can-receive' } });
    const id = await send(undefined, { categoryCode: 'publicity.fraud' });
    expect((await orders(id)).map((o) => o.party.id)).toEqual([town.as('member').id]);
  });

  it('whose last handler went leaves its orders to persons', async () => {
    const only = await seat(
      town.rt,
      [{ role: 'department-handler', area: town.root, departmentId: department('gjb').id }],
      '唯一处置员',
    );
    // In a village where no member, head or cadre could take its place.
    const id = await send([department('gjb')], { areaId: town.grids[2].id });
    await town.owner.query('update staff_accounts set enabled = false where id = $1', [only.id]);
    await replaceAll(only.id);
    expect((await orders(id)).map((o) => o.state)).toEqual(['cancelled']);
    const [, who] = (await timeline(id)).findLast(([m]) => m === 'order:to-desk') ?? [];
    expect(who).toBe(town.as('dispatcher').name);
  });
});

it('an area without a member ends with the dispatcher, who is told', async () => {
  await expect(send(undefined, { areaId: town.grids[2].id, categoryCode: 'publicity.fraud' })).rejects.toMatchObject({
    details: { guard: 'party-can-receive' },
  });
  const id = await send([department('cgd')], { areaId: town.grids[2].id });
  await move(town.as('handler'), await orderOf(id, department('cgd').id), { move: 'accept' });
  await move(town.as('handler'), (await orders(id))[0]?.id ?? '', { move: 'respond', text: '好了' });
  await town.rt.system('test', (tx) =>
    tx.run(sql`update dispatch_orders set state = 'cancelled' where incident_id = ${id}`),
  );
  const { version } = await town.rt.system('test', (tx) => findRecord(tx, id));
  // Sent back with nobody left to do it.
  await town.rt.tx(town.as('dispatcher2'), (tx) => moveIncident(tx, id, { move: 'rework', version, reason: '没办好' }));
  const [, who] = (await timeline(id)).findLast(([m]) => m === 'order:to-desk') ?? [];
  expect(who?.split('、')).toContain(town.as('leader').name);
  await until(async () => {
    const told = await town.owner.query(
      `select 1 from notify_messages where account_id = $1 and template = 'incident.unassigned'`,
      [town.as('leader').id],
    );
    return told.rows.length > 0;
  }, 'a word to the leader');
});

describe('what departments return', () => {
  it('first to the desk, then to the first receiver, then to the leader', async () => {
    const { id } = await town.report({ categoryCode: 'service.errand' });
    await again(id, [department('cgd')]);
    const back = (login: string, code: string) =>
      orderOf(id, department(code).id).then((order) =>
        move(town.as(login), order, { move: 'return', reason: '不归我们' }),
      );
    await back('handler', 'cgd');
    expect((await timeline(id)).at(-1)).toEqual(['order:return', town.as('dispatcher').name]);
    await again(id, [department('yjb')]);
    await back('fireman', 'yjb');
    const list = await orders(id);
    expect(list.map((o) => [o.party.id, o.state, o.required, o.firstReceiver])).toEqual([
      [department('cgd').id, 'returned', true, true],
      [department('yjb').id, 'returned', true, false],
      [department('cgd').id, 'offered', true, true],
    ]);
    expect((await timeline(id)).map(([m]) => m)).toContain('rule:first-receiver');
    await back('handler', 'cgd');
    expect((await timeline(id)).at(-1)).toEqual(['order:return', town.as('leader').name]);
    const { rows } = await town.owner.query(
      'select returned_to from dispatch_orders where incident_id = $1 order by id desc limit 1',
      [id],
    );
    expect(rows).toEqual([{ returned_to: town.as('leader').id }]);
  });

  it('needs a reason', async () => {
    const id = await send([department('cgd')]);
    const order = await orderOf(id, department('cgd').id);
    await expect(move(town.as('handler'), order, { move: 'return', reason: ' ' })).rejects.toMatchObject({
      details: { guard: 'reason' },
    });
  });

  it('goes to those on duty where the sender is away', async () => {
    const id = await send([department('cgd')]);
    const now = new Date(town.clock.nowMs());
    await town.owner.query(
      `insert into staff_leaves values ($1, $2::timestamptz - interval '1 hour', $2::timestamptz + interval '1 day')`,
      [town.as('dispatcher').id, now],
    );
    await town.owner.query('insert into staff_duty (account_id, since) values ($1, $2)', [
      town.as('dispatcher2').id,
      now,
    ]);
    await move(town.as('handler'), await orderOf(id, department('cgd').id), { move: 'return', reason: '不归我们' });
    expect((await timeline(id)).at(-1)).toEqual(['order:return', town.as('dispatcher2').name]);
    await town.owner.query('delete from staff_leaves');
    await town.owner.query('delete from staff_duty');
  });
});

it('two changes at once replace a party once', async () => {
  const gone = await seat(town.rt, [{ role: 'grid-member', area: town.grids[0] }], '同时');
  const id = await send([account(gone.id)], { description: `同时 ${newId()}` });
  await town.owner.query('delete from staff_posts where account_id = $1', [gone.id]);
  await Promise.all([replaceAll(gone.id), replaceAll(gone.id)]);
  expect((await orders(id)).map((o) => o.state)).toEqual(['cancelled', 'offered']);
});
