/** The incident's side of its orders: who has to do with it, and whether it may be responded. */
import { announce, findRecord, type MoveFacts, setParties, systemMove } from '@wangge/incidents';
import type { Tx } from '@wangge/kernel';
import { orderChanged } from './contract.ts';
import { type OrderRecord, ordersOf } from './order.ts';
import { holdsAnswer, partsProgress } from './parts/rules.ts';
import { orderStates } from './states.ts';

const isOpen = (o: OrderRecord): boolean => orderStates[o.state].open;

/** Writes into the incident what its orders say now; answers them. */
export async function refreshParties(
  tx: Tx,
  incidentId: string,
  facts: MoveFacts,
  moreProofs = 0,
): Promise<OrderRecord[]> {
  const orders = await ordersOf(tx, incidentId);
  const holding = orders.filter((o) => o.state !== 'returned' && o.state !== 'cancelled');
  const accounts = holding.flatMap((o) => [
    ...(o.partyKind === 'account' ? [o.partyId] : []),
    ...(o.handlerId === null ? [] : [o.handlerId]),
  ]);
  // A cancelled order may have been worked on: its handler does not verify either.
  const handlers = orders.flatMap((o) => (o.handlerId === null ? [] : [o.handlerId]));
  const open = orders.filter(isOpen);
  await setParties(
    tx,
    incidentId,
    {
      assigneeIds: accounts,
      departmentIds: holding.flatMap((o) => (o.partyKind === 'department' ? [o.partyId] : [])),
      handlerIds: handlers,
      openOrders: open.length,
      openRequiredOrders: orders.filter(holdsAnswer).length,
      parts: partsProgress(orders),
      moreProofs,
    },
    facts,
  );
  return orders;
}

/** The incident answers when no required order is open any more and at least one was answered. */
export async function respondIfDone(
  tx: Tx,
  incidentId: string,
  orders: readonly OrderRecord[],
  facts: MoveFacts,
): Promise<void> {
  const responded = orders.filter((o) => o.state === 'responded' && !o.superseded);
  if (responded.length === 0 || orders.some(holdsAnswer)) return;
  if ((await findRecord(tx, incidentId)).state !== 'handling') return;
  // One that was done out of reach may arrive after another that was done later.
  const lastMs = Math.max(...responded.map((o) => o.respondedMs ?? 0));
  const atMs = facts.atMs === undefined ? undefined : Math.max(facts.atMs, lastMs);
  await systemMove(tx, incidentId, 'respond', {
    ...facts,
    ...(atMs === undefined ? {} : { atMs }),
    respondedOrders: responded.length,
  });
}

/** Tells everybody concerned, also a party that has just lost the order. */
export async function announceOrder(tx: Tx, order: OrderRecord, move: string, facts: MoveFacts): Promise<void> {
  if (facts.quiet === true) return;
  const incident = await findRecord(tx, order.incidentId);
  const accounts = [
    ...(order.partyKind === 'account' ? [order.partyId] : []),
    ...(order.handlerId === null ? [] : [order.handlerId]),
  ];
  const departments = order.partyKind === 'department' ? [order.partyId] : [];
  tx.emit(
    orderChanged,
    { orderId: order.id, incidentId: order.incidentId, move },
    {
      areaPath: incident.path === '' ? '-' : incident.path,
      subjectId: order.id,
      accountIds: accounts,
      departmentIds: departments,
    },
  );
  announce(
    tx,
    {
      ...incident,
      assigneeIds: [...new Set([...incident.assigneeIds, ...accounts])],
      departmentIds: [...new Set([...incident.departmentIds, ...departments])],
    },
    `order:${move}`,
  );
}
