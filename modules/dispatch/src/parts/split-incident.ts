/** An incident becomes parts for several parties; a part that came back is given to another, or dropped. */
import { AppError } from '@wangge/contract-kit';
import {
  appendHistory,
  asPlatform,
  findRecord,
  type IncidentRecord,
  lockRecord,
  moveIncident,
  staleEdit,
  targetOf,
} from '@wangge/incidents';
import type { Tx } from '@wangge/kernel';
import { offerOrders } from '../actions/offer-orders.ts';
import type { Party } from '../contract.ts';
import { findOrder, type OrderRecord } from '../order.ts';
import { announceOrder, refreshParties, respondIfDone } from '../parties.ts';
import { firstRequest, patchOrder } from '../store.ts';
import { isUnsettled } from './rules.ts';

export interface NewPart {
  readonly party: Party;
  readonly task: string;
  readonly replaces?: string | undefined;
}

/** Its place is taken, or it is done without: it holds nothing up any more. */
async function settle(tx: Tx, incident: IncidentRecord, id: string): Promise<OrderRecord> {
  const order = await findOrder(tx, id);
  if (order.incidentId !== incident.id) throw new AppError('not-found', { field: 'replaces' });
  if (!isUnsettled(order)) throw new AppError('guard-failed', { details: { move: 'drop', guard: 'returned-part' } });
  await patchOrder(tx, id, { superseded: true }, tx.nowMs);
  return order;
}

/**
 * Accepts and registers where that is still to do. All parts are made, or none.
 *
 * @throws AppError `not-found`, `forbidden`, `stale-edit`, `move-not-allowed` (not open for orders),
 *   `guard-failed` (a party that cannot receive, a replaced part that is none), `already-exists` (a party has
 *   an open order of this incident)
 */
export async function splitIncident(
  tx: Tx,
  id: string,
  asked: { readonly version: number; readonly clientKey?: string | undefined; readonly parts: readonly NewPart[] },
): Promise<void> {
  const incident = await lockRecord(tx, id);
  tx.rt.authorise(tx.actor, 'dispatch.offer', targetOf(incident));
  const { clientKey, version } = asked;
  if (clientKey !== undefined && !(await asPlatform(tx, () => firstRequest(tx, id, clientKey, 'split')))) return;
  if (incident.version !== version) throw staleEdit(incident);
  const known = { anyVersion: true };
  if (incident.state === 'reported') await moveIncident(tx, id, { move: 'accept', version }, known);
  if (incident.state === 'reported' || incident.state === 'accepted') {
    await moveIncident(tx, id, { move: 'register', version }, known);
  } else if (incident.state !== 'registered' && incident.state !== 'handling') {
    throw new AppError('move-not-allowed', { details: { state: incident.state, move: 'split' } });
  }
  await asPlatform(tx, async () => {
    for (const { replaces } of asked.parts) if (replaces !== undefined) await settle(tx, incident, replaces);
    for (const [n, { party, task }] of asked.parts.entries()) {
      const now = await findRecord(tx, id);
      const made = await offerOrders(tx, now, [{ party, required: true }], { task, part: true }, {});
      if (made.length === 0) throw new AppError('already-exists', { field: `parts.${n}.party` });
    }
  });
}

/** @throws AppError `not-found`, `forbidden`, `stale-edit`, `guard-failed` (no part that came back) */
export async function dropPart(
  tx: Tx,
  orderId: string,
  asked: { readonly version: number; readonly clientKey?: string | undefined; readonly reason: string },
): Promise<string> {
  const { incidentId } = await findOrder(tx, orderId);
  const incident = await lockRecord(tx, incidentId);
  tx.rt.authorise(tx.actor, 'dispatch.offer', targetOf(incident));
  await asPlatform(tx, async () => {
    const { clientKey } = asked;
    if (clientKey !== undefined && !(await firstRequest(tx, orderId, clientKey, 'drop'))) return;
    const { version, state, partyName } = await findOrder(tx, orderId);
    if (version !== asked.version) {
      throw new AppError('stale-edit', {
        field: 'version',
        details: { current: version, state, changedBy: partyName },
      });
    }
    const order = await settle(tx, incident, orderId);
    await appendHistory(tx, [
      { incidentId, move: 'part:drop', actor: tx.actor, atMs: tx.nowMs, reason: asked.reason, orderId, partyName },
    ]);
    const orders = await refreshParties(tx, incidentId, {});
    await respondIfDone(tx, incidentId, orders, {});
    await announceOrder(tx, order, 'drop', {});
  });
  return incidentId;
}
