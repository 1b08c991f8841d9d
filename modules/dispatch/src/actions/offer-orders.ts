/** Offering orders to parties; the caller holds the incident's lock and was authorised. */
import { AppError, newId } from '@wangge/contract-kit';
import { appendHistory, type IncidentRecord, type MoveFacts, startOrderClocks } from '@wangge/incidents';
import type { Tx } from '@wangge/kernel';
import { accountNames, departmentsById, receivers, staffedDepartments } from '@wangge/staff';
import type { Party } from '../contract.ts';
import { findOrder, type OrderRecord } from '../order.ts';
import { announceOrder, refreshParties } from '../parties.ts';
import type { Offer } from '../rules.ts';
import { insertOrder } from '../store.ts';

export interface OfferTerms {
  readonly task?: string | null | undefined;
  readonly passedFrom?: string;
  /** Of joint handling: what comes of it counts among the incident's parts. */
  readonly part?: boolean;
}

/** Names of the parties; one that does not exist, is disabled or has no people cannot receive an order. */
async function namesOf(tx: Tx, parties: readonly Party[]): Promise<Map<string, string>> {
  const ids = (kind: Party['kind']): string[] => parties.filter((p) => p.kind === kind).map((p) => p.id);
  const accounts = await accountNames(tx, ids('account'));
  const departments = ids('department').length === 0 ? new Map() : await departmentsById(tx);
  const able = await receivers(tx, ids('account'));
  const staffed = ids('department').length === 0 ? new Set<string>() : await staffedDepartments(tx);
  const names = new Map<string, string>();
  for (const [id, name] of accounts) if (able.has(id)) names.set(id, name);
  for (const id of ids('department')) {
    const department = departments.get(id);
    if (department && staffed.has(id)) names.set(id, department.name);
  }
  const missing = parties.find((p) => !names.has(p.id));
  if (missing) {
    throw new AppError('guard-failed', {
      field: 'parties',
      details: { move: 'offer', guard: 'party-can-receive', partyId: missing.id },
    });
  }
  return names;
}

/**
 * Makes orders, writes them into the timeline and tells the parties. A party that has an open order
 * already keeps that one. Answers the orders made.
 */
export async function offerOrders(
  tx: Tx,
  incident: IncidentRecord,
  offers: readonly Offer[],
  terms: OfferTerms,
  facts: MoveFacts,
): Promise<OrderRecord[]> {
  const actor = facts.by ?? tx.actor;
  const atMs = facts.atMs ?? tx.nowMs;
  const names = await namesOf(
    tx,
    offers.map((o) => o.party),
  );
  const made: { id: string; party: Party; partyName: string }[] = [];
  for (const { party, required } of offers) {
    const id = newId(atMs);
    const partyName = names.get(party.id) ?? '';
    const isNew = await insertOrder(tx, {
      id,
      incidentId: incident.id,
      partyKind: party.kind,
      partyId: party.id,
      partyName,
      required,
      task: terms.task ?? null,
      offeredBy: actor.kind === 'account' ? actor.id : null,
      atMs,
      passedFrom: terms.passedFrom ?? null,
      part: terms.part ?? false,
    });
    if (isNew) made.push({ id, party, partyName });
  }
  await appendHistory(
    tx,
    made.map(({ id, partyName }) => ({
      incidentId: incident.id,
      move: 'order:offer',
      toState: 'offered',
      actor,
      actorName: facts.actorName ?? (actor.kind === 'account' ? actor.name : '系统'),
      atMs,
      orderId: id,
      partyName,
      reason: terms.task ?? null,
    })),
  );
  await startOrderClocks(tx, incident.id, made, atMs);
  await refreshParties(tx, incident.id, facts);
  const orders: OrderRecord[] = [];
  for (const { id } of made) {
    const order = await findOrder(tx, id);
    orders.push(order);
    await announceOrder(tx, order, 'offer', facts);
    if (facts.quiet !== true) tx.addJob('dispatch.tell-party', { orderId: id, about: 'offered' });
  }
  return orders;
}
