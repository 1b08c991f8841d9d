/** What orders do when their incident ends, is reworked or needs somebody again; in the same transaction. */
import {
  asPlatform,
  type Cause,
  clockResumed,
  findRecord,
  type IncidentRecord,
  incidentEnding,
  incidentRegistered,
  incidentReported,
  incidentResumed,
  incidentReworked,
  lockRecord,
  type MoveFacts,
} from '@wangge/incidents';
import { onHook, sql, type Tx } from '@wangge/kernel';
import { messageAcknowledged } from '@wangge/notify';
import { leaveToDesk } from './actions/leave-to-desk.ts';
import { moveAsPlatform } from './actions/move-as-platform.ts';
import { offerOrders } from './actions/offer-orders.ts';
import { ableOffers } from './actions/able-offers.ts';
import { answerByMessage } from './help/ask-help.ts';
import { findOrder, type OrderRecord, ordersOf } from './order.ts';
import { refreshParties } from './parties.ts';
import type { Offer } from './rules.ts';
import { noteRule, onRegistered, onReported } from './ruling/by-rule.ts';
import { assignmentOf } from './ruling/decide.ts';
import { orderStates } from './states.ts';
import { endWhistlesOf } from './whistle/end-whistle.ts';

const factsOf = (cause: Cause): MoveFacts => ({ by: cause.actor, atMs: cause.atMs, quiet: cause.quiet });

const endingWords = {
  closed: '事件已结案',
  merged: '事件已并案',
  rejected: '事件不予受理',
  withdrawn: '事件已撤回',
} as const;

async function cancelOpen(tx: Tx, incidentId: string, how: keyof typeof endingWords, facts: MoveFacts): Promise<void> {
  const open = (await ordersOf(tx, incidentId)).filter((o) => orderStates[o.state].open);
  for (const order of open) {
    const reason = endingWords[how];
    const patch = { ended_at: facts.atMs ?? tx.nowMs, ended_reason: reason, ended_how: how };
    await moveAsPlatform(tx, order, 'cancel', reason, patch, facts);
    if (facts.quiet !== true) tx.addJob('dispatch.tell-party', { orderId: order.id, about: 'cancelled' });
  }
  if (open.length > 0) await refreshParties(tx, incidentId, facts);
  await endWhistlesOf(tx, incidentId, endingWords[how]);
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
  await offerByRule(tx, await findRecord(tx, incidentId), reason, facts);
}

/** To whom the rules say, or to persons at the desk: never to nobody. */
async function offerByRule(tx: Tx, incident: IncidentRecord, task: string | null, facts: MoveFacts): Promise<void> {
  const assignment = await assignmentOf(tx, incident);
  await noteRule(tx, incident.id, assignment, facts.atMs ?? tx.nowMs);
  if (assignment.offers.length > 0) await offerOrders(tx, incident, assignment.offers, { task }, facts);
  else await leaveToDesk(tx, incident, '无人可接单', null, facts);
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
    const taken = orders.filter((o) => o.endedHow === 'merged' && !o.superseded);
    // It was at the desk then, and is again.
    if (taken.length === 0) return;
    offers = await ableOffers(tx, taken.map(partyOf));
    await tx.run(
      sql`update dispatch_orders set superseded = true where incident_id = ${incidentId} and ended_how = 'merged'`,
    );
  } else {
    offers = await ableOffers(tx, orders.filter((o) => o.state === 'responded' && !o.superseded).map(partyOf));
    await tx.run(sql`update dispatch_orders set superseded = true where incident_id = ${incidentId}`);
  }
  if (offers.length > 0) await offerOrders(tx, incident, offers, {}, facts);
  else await offerByRule(tx, incident, null, facts);
}

/** The date of a suspension is reached; its clock goes on already. */
async function goOn(tx: Tx, incidentId: string, orderId: string): Promise<void> {
  await lockRecord(tx, incidentId);
  const order = await findOrder(tx, orderId);
  if (order.state !== 'suspended') return;
  await moveAsPlatform(tx, order, 'resume', '挂起到期', { state_before: null, suspended_until: null }, {});
}

export const dispatchHooks = [
  onHook(messageAcknowledged, (tx, { subject }) => answerByMessage(tx, subject)),
  onHook(incidentReported, onReported),
  onHook(incidentRegistered, async (tx, { incidentId, atReport, cause }) => {
    if (atReport !== true) await onRegistered(tx, incidentId, cause);
  }),
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
