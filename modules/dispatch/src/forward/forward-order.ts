/** Handing an own order on to a colleague: it stays where it is until the colleague takes it. */
import { AppError } from '@wangge/contract-kit';
import {
  appendHistory,
  asPlatform,
  type IncidentRecord,
  lockRecord,
  passOrderClock,
  stopOrderClocks,
  summaryOf,
  systemMove,
} from '@wangge/incidents';
import type { Tx } from '@wangge/kernel';
import { tellAccounts } from '@wangge/notify';
import { membersFor, receivers, type StaffMember } from '@wangge/staff';
import { forwardChanged } from '../contract.ts';
import { findOrder, type OrderRecord, ordersOf } from '../order.ts';
import { announceOrder, refreshParties } from '../parties.ts';
import { orderStates } from '../states.ts';
import { firstRequest } from '../store.ts';
import { checkForward, type ForwardAct, type ForwardHat, gridOf, gridsOf, stateTaken } from './rules.ts';
import {
  endForward,
  findForward,
  type ForwardRow,
  giveOrder,
  insertForward,
  knownForward,
  waitingForward,
} from './store.ts';

const isOwn = (order: OrderRecord, accountId: string | null): boolean =>
  order.partyKind === 'account' && order.partyId === accountId;

/** People with a post in one of these grids who can receive an order, once each, on duty first. */
async function colleaguesIn(tx: Tx, grids: readonly string[], but: string | null): Promise<StaffMember[]> {
  const found = new Map<string, StaffMember>();
  for (const grid of grids) {
    for (const m of await membersFor(tx, grid)) {
      if (gridOf(m) === grid && m.accountId !== but && !m.onLeave) found.set(m.accountId, m);
    }
  }
  const able = await receivers(tx, [...found.keys()]);
  return [...found.values()]
    .filter((m) => able.has(m.accountId))
    .toSorted((a, b) => Number(b.onDuty) - Number(a.onDuty) || a.name.localeCompare(b.name, 'zh'));
}

/** @throws AppError `not-found`, `forbidden` for whom the order is not */
export async function listColleagues(tx: Tx, orderId: string): Promise<StaffMember[]> {
  const order = await findOrder(tx, orderId);
  if (!isOwn(order, tx.actor.id)) throw new AppError('forbidden', { details: { permission: 'dispatch.move' } });
  return asPlatform(tx, () => colleaguesIn(tx, gridsOf(tx.actor.posts), tx.actor.id));
}

interface Standing {
  readonly incident: IncidentRecord;
  readonly order: OrderRecord;
  readonly forward: ForwardRow | null;
}

async function demand(
  tx: Tx,
  act: ForwardAct,
  { incident, order, forward }: Standing,
  pair: { readonly fromId: string; readonly toId: string },
  hat: ForwardHat | null,
  grids: readonly string[] | null,
): Promise<StaffMember | undefined> {
  // Whoever was asked is a colleague; who it may be is asked before.
  const people = grids === null ? [] : await colleaguesIn(tx, grids, pair.fromId);
  const colleague = people.find((m) => m.accountId === pair.toId);
  const able = grids === null ? (await receivers(tx, [pair.toId])).has(pair.toId) : colleague !== undefined;
  const open = (await ordersOf(tx, incident.id)).filter((o) => orderStates[o.state].open);
  const verdict = checkForward(act, hat, {
    order: order.state,
    forward: forward?.state ?? null,
    stillTheirs: isOwn(order, pair.fromId),
    pending: order.pending !== null,
    colleague: able,
    has: open.some((o) => isOwn(o, pair.toId)),
  });
  if (verdict.ok) return colleague;
  const guard = 'guard' in verdict ? verdict.guard : null;
  throw new AppError(verdict.code, { details: { state: order.state, move: `forward-${act}`, guard } });
}

async function note(tx: Tx, f: ForwardRow, move: string, reason: string | null): Promise<void> {
  const partyName = move === 'order:forward' ? f.toName : f.fromName;
  await appendHistory(tx, [
    { incidentId: f.incidentId, move, actor: tx.actor, atMs: tx.nowMs, reason, orderId: f.orderId, partyName },
  ]);
}

type About = 'forward.asked' | 'forward.accepted' | 'forward.declined' | 'forward.withdrawn';
async function tellOther(tx: Tx, f: ForwardRow, about: About, incident: IncidentRecord, reason: string): Promise<void> {
  const toMe = about === 'forward.asked' || about === 'forward.withdrawn';
  await tellAccounts(tx, [
    {
      accountId: toMe ? f.toId : f.fromId,
      template: about,
      params: {
        name: toMe ? f.fromName : f.toName,
        number: incident.number,
        summary: summaryOf(incident.description, 24),
        reason,
      },
      subject: { kind: 'incident', id: incident.id },
      onceKey: `forward:${f.id}:${about}`,
      urgent: incident.severity === 'emergency',
    },
  ]);
}

async function tellChange(tx: Tx, f: ForwardRow, move: string): Promise<void> {
  const accountIds = [f.fromId, f.toId];
  tx.emit(forwardChanged, { forwardId: f.id, orderId: f.orderId }, { areaPath: '-', subjectId: f.id, accountIds });
  await announceOrder(tx, await findOrder(tx, f.orderId), move, {});
}

/**
 * Asks a colleague of the own grid. The same key again changes nothing.
 *
 * @throws AppError `not-found`, `forbidden`, `move-not-allowed`, `guard-failed` (details name the guard), `key-reused`
 */
export async function askForward(
  tx: Tx,
  orderId: string,
  told: { readonly clientKey: string; readonly toId: string; readonly reason: string },
): Promise<void> {
  const { incidentId } = await findOrder(tx, orderId);
  const fromId = tx.actor.id ?? '';
  await asPlatform(tx, async () => {
    const incident = await lockRecord(tx, incidentId);
    const order = await findOrder(tx, orderId);
    const known = await knownForward(tx, told.clientKey);
    if (known && (known.fromId !== fromId || known.orderId !== orderId)) throw new AppError('key-reused');
    if (known) return;
    const standing = { incident, order, forward: (await waitingForward(tx, orderId)) ?? null };
    const hat = isOwn(order, fromId) ? 'party' : null;
    const to = await demand(tx, 'ask', standing, { fromId, toId: told.toId }, hat, gridsOf(tx.actor.posts));
    const row: ForwardRow = {
      id: told.clientKey,
      orderId,
      incidentId,
      state: 'asked',
      fromId,
      fromName: tx.actor.name,
      toId: told.toId,
      toName: to?.name ?? '',
      reason: told.reason,
      askedAtMs: tx.nowMs,
      endedAtMs: null,
      answer: null,
    };
    await insertForward(tx, row);
    await note(tx, row, 'order:forward', told.reason);
    await tellOther(tx, row, 'forward.asked', incident, told.reason);
    await tellChange(tx, row, 'forward');
  });
}

async function step(
  tx: Tx,
  id: string,
  clientKey: string | undefined,
  act: Exclude<ForwardAct, 'ask'>,
  then: (standing: Standing & { readonly forward: ForwardRow }) => Promise<void>,
): Promise<void> {
  const seen = await findForward(tx, id);
  await asPlatform(tx, async () => {
    const incident = await lockRecord(tx, seen.incidentId);
    if (clientKey !== undefined && !(await firstRequest(tx, id, clientKey, `forward:${act}`))) return;
    const forward = await findForward(tx, id);
    const order = await findOrder(tx, forward.orderId);
    const me = tx.actor.id;
    const hat = forward.toId === me ? 'asked' : forward.fromId === me ? 'party' : null;
    await demand(tx, act, { incident, order, forward }, forward, hat, null);
    await then({ incident, order, forward });
  });
}

/**
 * Takes the order over, with what is left of its limit, or leaves it where it is.
 *
 * @throws AppError `not-found`, `forbidden`, `move-not-allowed` (answered, withdrawn, or the order has moved on),
 *   `guard-failed`
 */
export async function answerForward(
  tx: Tx,
  id: string,
  told: { readonly clientKey?: string | undefined; readonly accepted: boolean; readonly reason?: string | undefined },
): Promise<void> {
  const reason = told.reason ?? null;
  await step(tx, id, told.clientKey, told.accepted ? 'accept' : 'decline', async ({ incident, forward }) => {
    await endForward(tx, id, told.accepted ? 'accepted' : 'declined', reason);
    await note(tx, forward, told.accepted ? 'order:take-over' : 'order:forward-declined', reason);
    if (told.accepted) {
      await giveOrder(tx, forward, stateTaken);
      await passOrderClock(tx, forward.orderId, { kind: 'account', id: forward.toId });
      await stopOrderClocks(tx, forward.orderId, ['take'], tx.nowMs);
      await refreshParties(tx, incident.id, {});
      if (incident.state === 'registered') await systemMove(tx, incident.id, 'start', { orderAccepted: true });
    }
    await tellOther(tx, forward, told.accepted ? 'forward.accepted' : 'forward.declined', incident, reason ?? '');
    await tellChange(tx, forward, told.accepted ? 'take-over' : 'forward-declined');
  });
}

/** @throws AppError as {@link answerForward} */
export async function withdrawForward(tx: Tx, id: string, clientKey: string | undefined): Promise<void> {
  await step(tx, id, clientKey, 'withdraw', async ({ incident, forward }) => {
    await endForward(tx, id, 'withdrawn', null);
    await note(tx, forward, 'order:forward-withdrawn', null);
    await tellOther(tx, forward, 'forward.withdrawn', incident, '');
    await tellChange(tx, forward, 'forward-withdrawn');
  });
}
