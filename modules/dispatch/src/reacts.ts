/** What orders do when their incident ends, is reworked or needs somebody again; in the same transaction. */
import {
  appendHistory,
  asPlatform,
  type Cause,
  clockResumed,
  findRecord,
  incidentEnding,
  incidentResumed,
  incidentReworked,
  lockRecord,
  type MoveFacts,
  reopenOrderClock,
  resumeClock,
  stopOrderClocks,
} from '@wangge/incidents';
import { onHook, sql, systemActor, type Tx } from '@wangge/kernel';
import { offerOrders } from './actions/offer-orders.ts';
import { findOrder, type OrderRecord, ordersOf } from './order.ts';
import { announceOrder, refreshParties } from './parties.ts';
import { assignmentRule, type Offer } from './rules.ts';
import { situationOf } from './situation.ts';
import { orderStates } from './states.ts';
import { type OrderPatch, patchOrder } from './store.ts';
import { checkOrderMove, type OrderSystemMove } from './workflow.ts';

const factsOf = (cause: Cause): MoveFacts => ({ by: cause.actor, atMs: cause.atMs, quiet: cause.quiet });

const endingWords = {
  closed: '事件已结案',
  merged: '事件已并案',
  rejected: '事件不予受理',
  withdrawn: '事件已撤回',
} as const;

/** Moves an order as the platform, with its line in the timeline. */
async function moveAsPlatform(
  tx: Tx,
  order: OrderRecord,
  move: OrderSystemMove,
  reason: string,
  patch: OrderPatch,
  facts: MoveFacts,
): Promise<void> {
  const atMs = facts.atMs ?? tx.nowMs;
  const verdict = checkOrderMove(move, 'system', {
    state: order.state,
    stateBefore: order.stateBefore,
    reason,
    untilMs: order.suspendedUntilMs,
    nowMs: atMs,
  });
  if (!verdict.ok) throw new Error(`order ${order.id} in ${order.state} does not ${move}`);
  await patchOrder(tx, order.id, { ...patch, state: verdict.to }, atMs);
  const incident = await findRecord(tx, order.incidentId);
  if (order.state === 'suspended') await resumeClock(tx, incident, order.id, facts);
  if (move === 'cancel') await stopOrderClocks(tx, order.id, ['take', 'order'], atMs);
  if (move === 'reopen') await reopenOrderClock(tx, incident, order.id, facts);
  await appendHistory(tx, [
    {
      incidentId: order.incidentId,
      move: `order:${move}`,
      fromState: order.state,
      toState: verdict.to,
      actor: systemActor('dispatch'),
      actorName: '系统',
      atMs,
      reason,
      orderId: order.id,
      partyName: order.partyName,
    },
  ]);
  await announceOrder(tx, await findOrder(tx, order.id), move, facts);
}

async function cancelOpen(tx: Tx, incidentId: string, how: keyof typeof endingWords, facts: MoveFacts): Promise<void> {
  const open = (await ordersOf(tx, incidentId)).filter((o) => orderStates[o.state].open);
  for (const order of open) {
    const reason = endingWords[how];
    const patch = { ended_at: facts.atMs ?? tx.nowMs, ended_reason: reason, ended_how: how };
    await moveAsPlatform(tx, order, 'cancel', reason, patch, facts);
    if (facts.quiet !== true) tx.addJob('dispatch.tell-party', { orderId: order.id, about: 'cancelled' });
  }
  if (open.length > 0) await refreshParties(tx, incidentId, facts);
}

async function reopenOrders(tx: Tx, incidentId: string, reason: string, facts: MoveFacts): Promise<void> {
  const done = (await ordersOf(tx, incidentId)).filter((o) => o.state === 'responded' && !o.superseded);
  for (const order of done) {
    await moveAsPlatform(tx, order, 'reopen', reason, { responded_at: null }, facts);
    if (facts.quiet !== true) tx.addJob('dispatch.tell-party', { orderId: order.id, about: 'reopened', reason });
  }
  if (done.length > 0) {
    await refreshParties(tx, incidentId, facts);
    return;
  }
  // Self-handled, so nobody has an order yet: work that was sent back must not lie about without one.
  const incident = await findRecord(tx, incidentId);
  const offers = assignmentRule(await situationOf(tx, incident, 'own'));
  if (offers.length > 0) await offerOrders(tx, incident, offers, { task: reason }, facts);
}

const partyOf = (o: OrderRecord): Offer => ({ party: { kind: o.partyKind, id: o.partyId }, required: o.required });

/** Reopened: those who answered last time get a new order, or whom the rule chooses. */
async function offerAgain(tx: Tx, incidentId: string, why: 'reopened' | 'unmerged', facts: MoveFacts): Promise<void> {
  const incident = await findRecord(tx, incidentId);
  const orders = await ordersOf(tx, incidentId);
  let offers: Offer[];
  if (why === 'unmerged') {
    if (incident.state !== 'registered' && incident.state !== 'handling') return;
    // Only what the latest merge took away.
    offers = orders.filter((o) => o.endedHow === 'merged' && !o.superseded).map(partyOf);
    await tx.run(
      sql`update dispatch_orders set superseded = true where incident_id = ${incidentId} and ended_how = 'merged'`,
    );
  } else {
    offers = orders.filter((o) => o.state === 'responded' && !o.superseded).map(partyOf);
    await tx.run(sql`update dispatch_orders set superseded = true where incident_id = ${incidentId}`);
    if (offers.length === 0) offers = assignmentRule(await situationOf(tx, incident, 'own'));
  }
  if (offers.length > 0) await offerOrders(tx, incident, offers, {}, facts);
}

/** The date of a suspension is reached; its clock goes on already. */
async function goOn(tx: Tx, incidentId: string, orderId: string): Promise<void> {
  await lockRecord(tx, incidentId);
  const order = await findOrder(tx, orderId);
  if (order.state !== 'suspended') return;
  await moveAsPlatform(tx, order, 'resume', '挂起到期', { state_before: null, suspended_until: null }, {});
}

export const dispatchHooks = [
  onHook(clockResumed, (tx, { incidentId, orderId }) => asPlatform(tx, () => goOn(tx, incidentId, orderId))),
  onHook(incidentEnding, (tx, { incidentId, how, cause }) =>
    asPlatform(tx, () => cancelOpen(tx, incidentId, how, factsOf(cause))),
  ),
  onHook(incidentReworked, (tx, { incidentId, reason, cause }) =>
    asPlatform(tx, () => reopenOrders(tx, incidentId, reason, factsOf(cause))),
  ),
  onHook(incidentResumed, (tx, { incidentId, why, cause }) =>
    asPlatform(tx, () => offerAgain(tx, incidentId, why, factsOf(cause))),
  ),
];
