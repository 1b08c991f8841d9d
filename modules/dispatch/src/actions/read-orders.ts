/** Orders and tasks as the contract shows them. */
import { AppError } from '@wangge/contract-kit';
import {
  asPlatform,
  findRecord,
  findRecords,
  incidentRowOf,
  type IncidentRecord,
  orderDeadlines,
  reportPhotosOf,
  standingClocks,
  targetOf,
} from '@wangge/incidents';
import { reachOf, type Tx } from '@wangge/kernel';
import type { Candidate, Order, Task } from '../contract.ts';
import { findOrder, type OrderRecord, ordersOf, ordersOfParty } from '../order.ts';
import { isUnsettled } from '../parts/rules.ts';
import { approverIsParty, orderHatsOf } from '../people.ts';
import { rankCandidates } from '../ranking.ts';
import { assignmentOf } from '../ruling/decide.ts';
import { firstReceiverOf } from '../ruling/first-receiver.ts';
import { situationOf } from '../situation.ts';
import { orderMovesFor } from '../workflow.ts';

type Deadlines = ReadonlyMap<string, number>;

function orderOf(tx: Tx, o: OrderRecord, incident: IncidentRecord, deadlines: Deadlines): Order {
  const moves = orderMovesFor(orderHatsOf(tx.rt, tx.actor, o, incident), {
    state: o.state,
    pending: o.pending,
    approverIsParty: approverIsParty(tx.actor, o),
  });
  return {
    id: o.id,
    incidentId: o.incidentId,
    state: o.state,
    party: { kind: o.partyKind, id: o.partyId },
    partyName: o.partyName,
    handlerId: o.handlerId,
    handlerName: o.handlerName,
    required: o.required,
    ...(o.part ? { part: true, unsettled: isUnsettled(o) } : {}),
    task: o.task,
    offeredAtMs: o.offeredMs,
    acceptedAtMs: o.acceptedMs,
    arrivedAtMs: o.arrivedMs,
    respondedAtMs: o.respondedMs,
    response: o.response,
    pending: o.pending,
    asked:
      o.pending === null
        ? null
        : { untilMs: o.pendingUntilMs ?? 0, reason: o.pendingReason ?? '', byName: o.pendingByName ?? '' },
    suspendedUntilMs: o.state === 'suspended' ? o.suspendedUntilMs : null,
    deadlineMs: deadlines.get(o.id) ?? null,
    version: o.version,
    moves,
  };
}

/** Whoever sees an order sees its deadline, also where the incident is out of sight. */
function deadlinesOf(tx: Tx, orders: readonly OrderRecord[]): Promise<Map<string, number>> {
  return asPlatform(tx, () =>
    orderDeadlines(
      tx,
      orders.map((o) => o.id),
    ),
  );
}

/** Orders of an incident that the caller may see. */
export async function listOrders(tx: Tx, incidentId: string): Promise<Order[]> {
  const incident = await findRecord(tx, incidentId);
  tx.rt.authorise(tx.actor, 'dispatch.read', targetOf(incident));
  const orders = await ordersOf(tx, incidentId);
  const deadlines = await deadlinesOf(tx, orders);
  const first = firstReceiverOf(orders);
  return orders.map((o) => ({
    ...orderOf(tx, o, incident, deadlines),
    firstReceiver: o.partyKind === 'department' && o.partyId === first,
  }));
}

/** Who could handle it, best first. */
export async function listCandidates(tx: Tx, incidentId: string): Promise<Candidate[]> {
  const incident = await findRecord(tx, incidentId);
  tx.rt.authorise(tx.actor, 'dispatch.offer', targetOf(incident));
  const situation = await situationOf(tx, incident, 'town');
  const { offers } = await asPlatform(tx, () => assignmentOf(tx, incident, situation));
  return rankCandidates(situation, offers);
}

async function tasksOf(tx: Tx, orders: readonly OrderRecord[]): Promise<Task[]> {
  const ids = [...new Set(orders.map((o) => o.incidentId))];
  const incidents = await findRecords(tx, ids);
  const photos = await reportPhotosOf(tx, ids);
  const deadlines = await deadlinesOf(tx, orders);
  const standing = await asPlatform(tx, () => standingClocks(tx, ids));
  return orders.flatMap((o) => {
    const incident = incidents.get(o.incidentId);
    if (!incident) return [];
    return [
      {
        order: orderOf(tx, o, incident, deadlines),
        incident: {
          ...incidentRowOf(tx, incident),
          description: incident.description,
          photos: photos.get(incident.id) ?? [],
          proofRequired: incident.proofRequired,
          proofInApp: incident.proofInApp,
          paused: standing.get(incident.id) ?? null,
        },
      },
    ];
  });
}

export async function readTask(tx: Tx, orderId: string): Promise<Task> {
  const [task] = await tasksOf(tx, [await findOrder(tx, orderId)]);
  if (!task) throw new AppError('not-found');
  return task;
}

/** My orders and my departments', newest first; `done` for what is behind me. */
export async function listMyTasks(
  tx: Tx,
  query: { done?: boolean | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: Task[]; nextCursor: string | null }> {
  const accountId = tx.actor.id;
  if (accountId === null) return { items: [], nextCursor: null };
  const found = query.cursor === undefined ? null : /^(-?\d{1,15})_([0-9a-f-]{36})$/.exec(query.cursor);
  if (query.cursor !== undefined && !found) throw new AppError('invalid-field', { field: 'cursor' });
  const orders = await ordersOfParty(
    tx,
    { accountId, departmentIds: reachOf(tx.actor).departmentIds },
    {
      open: query.done !== true,
      after: found ? { at: new Date(Number(found[1])), id: found[2] ?? '' } : null,
      limit: query.limit + 1,
    },
  );
  const page = orders.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: await tasksOf(tx, page),
    nextCursor: orders.length > query.limit && last ? `${last.offeredMs}_${last.id}` : null,
  };
}
