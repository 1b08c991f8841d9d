/** Orders on their way, as the contract shows them. */
import { asPlatform, findRecords, summaryOf } from '@wangge/incidents';
import type { Tx } from '@wangge/kernel';
import type { Forward } from '../contract.ts';
import { findOrder } from '../order.ts';
import { orderStates } from '../states.ts';
import { findForward, type ForwardRow, ownForwards } from './store.ts';

const shownMs = 86_400_000;

/** Only what a colleague needs to decide: they need not see the incident before. */
async function viewsOf(tx: Tx, rows: readonly ForwardRow[]): Promise<Forward[]> {
  return asPlatform(tx, async () => {
    const incidents = await findRecords(tx, [...new Set(rows.map((r) => r.incidentId))]);
    const views: Forward[] = [];
    for (const r of rows) {
      const incident = incidents.get(r.incidentId);
      const order = await findOrder(tx, r.orderId);
      // The order ended, or went elsewhere: nothing is left to hand on.
      const over = r.state === 'asked' && (!orderStates[order.state].open || order.partyId !== r.fromId);
      if (!incident || over) continue;
      const asked = r.state === 'asked';
      views.push({
        id: r.id,
        orderId: r.orderId,
        incident: {
          id: incident.id,
          number: incident.number,
          summary: summaryOf(incident.description, 60),
          address: incident.address,
        },
        state: r.state,
        fromName: r.fromName,
        toName: r.toName,
        reason: r.reason,
        askedAtMs: r.askedAtMs,
        endedAtMs: r.endedAtMs,
        answer: r.answer,
        mine: r.fromId === tx.actor.id,
        may: { answer: asked && r.toId === tx.actor.id, withdraw: asked && r.fromId === tx.actor.id },
      });
    }
    return views;
  });
}

export async function listForwards(tx: Tx): Promise<Forward[]> {
  return viewsOf(tx, await ownForwards(tx, tx.nowMs - shownMs));
}

/** @throws AppError `not-found` */
export async function readForward(tx: Tx, id: string): Promise<Forward> {
  const [view] = await viewsOf(tx, [await findForward(tx, id)]);
  if (!view) throw new Error('what was just changed can be shown');
  return view;
}
