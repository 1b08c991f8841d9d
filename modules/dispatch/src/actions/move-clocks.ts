/** What each move of an order does to its own clock, and to the resident's where the approver says so. */
import {
  extendClock,
  type IncidentRecord,
  type MoveFacts,
  resumeClock,
  stopOrderClocks,
  suspendClock,
} from '@wangge/incidents';
import type { Tx } from '@wangge/kernel';
import type { OrderMoveBody } from '../contract.ts';
import type { OrderRecord } from '../order.ts';

/** @param order as it was before the move */
export async function moveClocks(
  tx: Tx,
  incident: IncidentRecord,
  order: OrderRecord,
  body: OrderMoveBody,
  facts: MoveFacts & { readonly atMs: number },
): Promise<void> {
  const { id } = order;
  switch (body.move) {
    case 'accept':
      return stopOrderClocks(tx, id, ['take'], facts.atMs);
    case 'respond':
    case 'return':
    case 'pass-on':
      return stopOrderClocks(tx, id, ['take', 'order'], facts.atMs);
    case 'cancel':
      if (order.state === 'suspended') await resumeClock(tx, incident, id, facts);
      return stopOrderClocks(tx, id, ['take', 'order'], facts.atMs);
    case 'resume':
      return resumeClock(tx, incident, id, facts);
    case 'approve': {
      const untilMs = order.pendingUntilMs;
      if (!body.granted || untilMs === null) return;
      const reason = order.pendingReason ?? '';
      const { withIncident } = body;
      if (order.pending === 'suspend') return suspendClock(tx, incident, id, { untilMs, reason, withIncident }, facts);
      const words = { askedBy: order.pendingByName ?? '', approvedBy: facts.by?.name ?? '', reason };
      return extendClock(tx, incident, id, { untilMs, withIncident, ...words }, facts);
    }
    default:
      return;
  }
}
