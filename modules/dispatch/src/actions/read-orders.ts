/** Orders and tasks as the contract shows them. */
import { AppError } from '@wangge/contract-kit';
import {
  findRecord,
  findRecords,
  incidentRowOf,
  type IncidentRecord,
  reportPhotosOf,
  targetOf,
} from '@wangge/incidents';
import { reachOf, type Tx } from '@wangge/kernel';
import type { Candidate, Order, orderMoveBody, Task } from '../contract.ts';
import { findOrder, type OrderRecord, ordersOf, ordersOfParty } from '../order.ts';
import { orderHatsOf } from '../people.ts';
import { rankCandidates } from '../rules.ts';
import { situationOf } from '../situation.ts';
import { orderMovesFor, type OrderPersonMove } from '../workflow.ts';

/** Moves that the HTTP contract takes so far; asking for suspension and extension come with their approval. */
const offeredMoves: readonly OrderPersonMove[] = [
  'accept',
  'return',
  'pass-on',
  'arrive',
  'handle',
  'respond',
  'cancel',
] satisfies readonly (typeof orderMoveBody)['_zod']['output']['move'][];

export function orderOf(tx: Tx, o: OrderRecord, incident: IncidentRecord): Order {
  const moves = orderMovesFor(orderHatsOf(tx.rt, tx.actor, o, incident), { state: o.state, pending: o.pending });
  return {
    id: o.id,
    incidentId: o.incidentId,
    state: o.state,
    party: { kind: o.partyKind, id: o.partyId },
    partyName: o.partyName,
    handlerId: o.handlerId,
    handlerName: o.handlerName,
    required: o.required,
    task: o.task,
    offeredAtMs: o.offeredMs,
    acceptedAtMs: o.acceptedMs,
    arrivedAtMs: o.arrivedMs,
    respondedAtMs: o.respondedMs,
    response: o.response,
    pending: o.pending,
    version: o.version,
    moves: moves.filter((m) => offeredMoves.includes(m)),
  };
}

/** Orders of an incident that the caller may see. */
export async function listOrders(tx: Tx, incidentId: string): Promise<Order[]> {
  const incident = await findRecord(tx, incidentId);
  tx.rt.authorise(tx.actor, 'dispatch.read', targetOf(incident));
  return (await ordersOf(tx, incidentId)).map((o) => orderOf(tx, o, incident));
}

/** Who could handle it, best first. */
export async function listCandidates(tx: Tx, incidentId: string): Promise<Candidate[]> {
  const incident = await findRecord(tx, incidentId);
  tx.rt.authorise(tx.actor, 'dispatch.offer', targetOf(incident));
  return rankCandidates(await situationOf(tx, incident, 'town'));
}

async function tasksOf(tx: Tx, orders: readonly OrderRecord[]): Promise<Task[]> {
  const ids = [...new Set(orders.map((o) => o.incidentId))];
  const incidents = await findRecords(tx, ids);
  const photos = await reportPhotosOf(tx, ids);
  return orders.flatMap((o) => {
    const incident = incidents.get(o.incidentId);
    if (!incident) return [];
    return [
      {
        order: orderOf(tx, o, incident),
        incident: {
          ...incidentRowOf(tx, incident),
          description: incident.description,
          photos: photos.get(incident.id) ?? [],
          proofRequired: incident.proofRequired,
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
