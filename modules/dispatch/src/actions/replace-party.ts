/** Orders whose party cannot work on them any more: nobody of the department is left, or the person is gone. */
import { appendHistory, asPlatform, lockRecord, type MoveFacts } from '@wangge/incidents';
import { incidentStates } from '@wangge/incidents/contract';
import { sql, systemActor, type Tx } from '@wangge/kernel';
import { receivers, staffedDepartments } from '@wangge/staff';
import { findOrder, type OrderRecord, ordersOf } from '../order.ts';
import { announceOrder, refreshParties } from '../parties.ts';
import { noteRule } from '../ruling/by-rule.ts';
import { assignmentOf } from '../ruling/decide.ts';
import { orderStates } from '../states.ts';
import { patchOrder } from '../store.ts';
import { leaveToDesk } from './leave-to-desk.ts';
import { moveAsPlatform } from './move-as-platform.ts';
import { offerOrders } from './offer-orders.ts';

const platform = systemActor('dispatch');
const facts: MoveFacts = { by: platform, actorName: '系统' };

interface Stranded {
  readonly id: string;
  readonly incidentId: string;
}

/** Open orders of this account that cannot go on, and those of departments that nobody works for. */
export async function strandedOrders(tx: Tx, accountId: string | null): Promise<Stranded[]> {
  const isGone = accountId !== null && !(await receivers(tx, [accountId])).has(accountId);
  const staffed = [...(await staffedDepartments(tx))];
  return tx.rows<Stranded>(sql`
    select id, incident_id as "incidentId" from dispatch_orders
      where is_open and party_kind = 'department' and not (party_id = any(${staffed}::uuid[]))
    union select id, incident_id from dispatch_orders
      where ${isGone} and is_open and party_id = ${accountId} and party_kind = 'account'
    union select id, incident_id from dispatch_orders
      where ${isGone} and is_open and handler_id = ${accountId}
    order by "incidentId", id`);
}

/** The department has it still, its person is gone: anybody of the department may go on. */
async function handBack(tx: Tx, order: OrderRecord): Promise<void> {
  await patchOrder(tx, order.id, { handler_id: null, handler_name: null }, tx.nowMs);
  await appendHistory(tx, [
    {
      incidentId: order.incidentId,
      move: 'order:hand-back',
      actor: platform,
      actorName: '系统',
      atMs: tx.nowMs,
      reason: `${order.handlerName ?? '接单人'}已停用或离岗，由本部门其他人接手`,
      orderId: order.id,
      partyName: order.partyName,
    },
  ]);
  await refreshParties(tx, order.incidentId, facts);
  await announceOrder(tx, await findOrder(tx, order.id), 'hand-back', facts);
  tx.addJob('dispatch.tell-party', { orderId: order.id, about: 'offered' });
}

/** Ends what cannot go on and finds somebody else: whom the rules choose, else persons at the desk. Safe to repeat. */
export function replaceParty(tx: Tx, stranded: Stranded): Promise<void> {
  return asPlatform(tx, async () => {
    const incident = await lockRecord(tx, stranded.incidentId);
    const order = await findOrder(tx, stranded.id);
    if (!orderStates[order.state].open) return;
    const staffed = await staffedDepartments(tx);
    if (order.partyKind === 'department' && staffed.has(order.partyId)) {
      if (order.handlerId !== null && !(await receivers(tx, [order.handlerId])).has(order.handlerId)) {
        await handBack(tx, order);
      }
      return;
    }
    if (order.partyKind === 'account' && (await receivers(tx, [order.partyId])).has(order.partyId)) return;
    const reason = order.partyKind === 'account' ? '接单人已停用或离岗' : '该部门已没有处置人员';
    const patch = { ended_at: tx.nowMs, ended_reason: reason, ended_how: 'party-gone' };
    await moveAsPlatform(tx, order, 'cancel', reason, patch, facts);
    await refreshParties(tx, incident.id, facts);
    if (!order.required || !incidentStates[incident.state].open) return;
    const assignment = await assignmentOf(tx, incident);
    const held = new Set(
      (await ordersOf(tx, incident.id)).flatMap((o) => (orderStates[o.state].open ? [o.partyId] : [])),
    );
    // Somebody else must answer for what this one had to: also who only assisted so far counts as having it.
    const offers = assignment.offers.filter((o) => o.required && !held.has(o.party.id));
    if (offers.length > 0) {
      await noteRule(tx, incident.id, assignment, tx.nowMs);
      await offerOrders(tx, incident, offers, { task: order.task }, facts);
      return;
    }
    await leaveToDesk(tx, incident, `${order.partyName}：${reason}`, order.offeredBy, facts);
  });
}
