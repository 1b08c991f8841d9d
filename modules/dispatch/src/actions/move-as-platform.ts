/** An order moves because of something else that happened. */
import {
  appendHistory,
  findRecord,
  type MoveFacts,
  reopenOrderClock,
  resumeClock,
  stopOrderClocks,
} from '@wangge/incidents';
import { systemActor, type Tx } from '@wangge/kernel';
import { findOrder, type OrderRecord } from '../order.ts';
import { announceOrder } from '../parties.ts';
import { type OrderPatch, patchOrder } from '../store.ts';
import { checkOrderMove, type OrderSystemMove } from '../workflow.ts';

/** Moves an order as the platform, with its line in the timeline. */
export async function moveAsPlatform(
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
