/** A party, its head or a dispatcher moves an order; the incident follows where it must. */
import { AppError } from '@wangge/contract-kit';
import {
  appendHistory,
  asPlatform,
  correctedTime,
  type IncidentRecord,
  keepPhoneTime,
  lockRecord,
  type MoveFacts,
  orderProofsInApp,
  systemMove,
} from '@wangge/incidents';
import { type Actor, cameraPhotos, claimPhotos, type Tx } from '@wangge/kernel';
import type { OrderMoveBody } from '../contract.ts';
import { findOrder, type OrderRecord } from '../order.ts';
import { announceOrder, refreshParties, respondIfDone } from '../parties.ts';
import { approverIsParty, orderHatsOf } from '../people.ts';
import { firstRequest, patchOrder } from '../store.ts';
import { checkOrderMove, type OrderFacts } from '../workflow.ts';
import { namesOf } from './leave-to-desk.ts';
import { moveClocks } from './move-clocks.ts';
import { offerOrders } from './offer-orders.ts';
import { isWithinTeam, orderPatchOf, reasonOf } from './order-moves.ts';
import { type Returning, returningOf, toFirstReceiver } from './return-order.ts';

function staleOrder(order: OrderRecord): AppError {
  return new AppError('stale-edit', {
    field: 'version',
    details: { current: order.version, state: order.state, changedBy: order.handlerName ?? order.partyName },
  });
}

/** How its photos were taken is only asked where the category wants to know. */
async function inAppFacts(
  tx: Tx,
  order: OrderRecord,
  { id, proofRequired, proofInApp }: IncidentRecord,
  photoIds: readonly string[],
  paperProofs: number,
): Promise<Pick<OrderFacts, 'proofRequired' | 'proofInApp' | 'inAppCount'>> {
  if (!proofRequired || !proofInApp) return { proofRequired, proofInApp };
  const fresh = await cameraPhotos(tx, photoIds);
  const earlier = order.proofCount === 0 ? 0 : await orderProofsInApp(tx, id, order.id);
  return { proofRequired, proofInApp, inAppCount: fresh.size + earlier + paperProofs };
}

/** Facts that the guards of this move ask for. */
async function factsOf(
  tx: Tx,
  order: OrderRecord,
  incident: IncidentRecord,
  body: OrderMoveBody,
  actor: Actor,
  atMs: number,
  returnedTo: string | null,
  paperProofs: number,
): Promise<OrderFacts> {
  return {
    state: order.state,
    stateBefore: order.stateBefore,
    pending: order.pending,
    reason: 'reason' in body ? (body.reason ?? null) : null,
    returnedTo,
    ...(body.move === 'arrive' ? { hasPosition: body.place !== undefined } : {}),
    ...(body.move === 'respond'
      ? {
          text: body.text,
          ...(await inAppFacts(tx, order, incident, body.photoIds, paperProofs)),
          proofCount: order.proofCount + body.photoIds.length + paperProofs,
        }
      : {}),
    ...('untilMs' in body ? { untilMs: body.untilMs, nowMs: atMs } : {}),
    ...(body.move === 'approve' ? { approverIsParty: approverIsParty(actor, order) } : {}),
    ...(body.move === 'pass-on' ? { withinTeam: await isWithinTeam(tx, actor, order, incident, body.party) } : {}),
  };
}

/**
 * Makes one move of an order. The same request again changes nothing.
 *
 * @throws AppError `not-found`, `forbidden`, `stale-edit`, `move-not-allowed`, `guard-failed` (details
 *   name the guard), `proof-not-in-app`
 */
export async function moveOrder(tx: Tx, id: string, body: OrderMoveBody, told: MoveFacts = {}): Promise<void> {
  // Under the caller's scope: who may not see the order learns nothing of it.
  const seen = await findOrder(tx, id);
  const actor = told.by ?? tx.actor;
  await asPlatform(tx, async () => {
    // The incident's lock guards all its orders.
    const incident = await lockRecord(tx, seen.incidentId);
    const order = await findOrder(tx, id);
    // Never before what it follows on: its author had seen that.
    const time = body.phone ? correctedTime(body.phone, tx.nowMs, order.updatedMs) : null;
    const facts = time?.byPhone ? { ...told, atMs: time.atMs } : told;
    const atMs = facts.atMs ?? tx.nowMs;
    const hats = orderHatsOf(tx.rt, actor, order, incident);
    if (hats.length === 0) throw new AppError('forbidden', { details: { permission: 'dispatch.move' } });
    if (body.clientKey !== undefined && !(await firstRequest(tx, id, body.clientKey, body.move))) return;
    if (facts.anyVersion !== true && order.version !== body.version) throw staleOrder(order);

    const returning = body.move === 'return' ? await returningOf(tx, order, incident) : null;
    const verdict = checkOrderMove(
      body.move,
      hats,
      await factsOf(
        tx,
        order,
        incident,
        body,
        actor,
        atMs,
        returning?.people[0]?.accountId ?? null,
        facts.paperProofs ?? 0,
      ),
    );
    if (!verdict.ok) {
      const code = verdict.guard === 'proof-in-app' ? 'proof-not-in-app' : verdict.code;
      throw new AppError(code, { details: { state: order.state, move: body.move, guard: verdict.guard } });
    }
    const patch = orderPatchOf(body, order, actor, atMs);
    if (returning?.people[0]) patch.returned_to = returning.people[0].accountId;
    const to = body.move === 'approve' && !body.granted ? order.state : verdict.to;
    await patchOrder(tx, id, { ...patch, state: to }, atMs);
    await moveClocks(tx, incident, order, body, { ...facts, by: actor, atMs });
    const [entryId] = await appendHistory(tx, [
      {
        incidentId: incident.id,
        move: `order:${body.move}`,
        fromState: order.state,
        toState: to,
        actor,
        ...(facts.actorName === undefined ? {} : { actorName: facts.actorName }),
        atMs,
        reason: reasonOf(body),
        orderId: id,
        partyName: returning ? namesOf(returning.people) : order.partyName,
      },
    ]);
    if (body.phone && time?.byPhone && entryId !== undefined) {
      await keepPhoneTime(tx, incident.id, entryId, body.phone);
    }
    const photoIds = body.move === 'respond' ? body.photoIds : [];
    if (photoIds.length > 0 && entryId !== undefined) {
      await claimPhotos(tx, photoIds, { kind: 'incident-entry', id: entryId });
    }
    if (body.move === 'pass-on') {
      const offer = { party: body.party, required: order.required };
      const made = await offerOrders(
        tx,
        incident,
        [offer],
        { task: order.task, passedFrom: id, part: order.part },
        facts,
      );
      if (made.length === 0) throw new AppError('already-exists', { field: 'party' });
    }
    const orders = await refreshParties(tx, incident.id, facts, photoIds.length);
    if (body.move === 'accept' && incident.state === 'registered') {
      await systemMove(tx, incident.id, 'start', { ...facts, orderAccepted: true });
    }
    if (body.move === 'respond' || body.move === 'cancel') await respondIfDone(tx, incident.id, orders, facts);
    await announceOrder(tx, await findOrder(tx, id), body.move, facts);
    if (returning) await toFirstReceiver(tx, incident, order, returning, facts);
    if (facts.quiet !== true) tellAbout(tx, id, body, returning);
  });
}

function tellAbout(tx: Tx, orderId: string, body: OrderMoveBody, returning: Returning | null): void {
  if (body.move === 'return' && returning) {
    for (const { accountId } of returning.people) {
      tx.addJob('dispatch.tell-party', { orderId, about: 'returned', reason: body.reason, accountId });
    }
  }
  if (body.move === 'cancel' || body.move === 'pass-on') {
    tx.addJob('dispatch.tell-party', { orderId, about: 'cancelled' });
  }
}
