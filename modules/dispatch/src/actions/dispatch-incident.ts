/** One click: accepts and registers where that is still to do, and offers orders, in one transaction. */
import { AppError } from '@wangge/contract-kit';
import {
  asPlatform,
  findRecord,
  lockRecord,
  moveIncident,
  type MoveFacts,
  staleEdit,
  targetOf,
} from '@wangge/incidents';
import type { Tx } from '@wangge/kernel';
import type { Party } from '../contract.ts';
import type { Offer } from '../rules.ts';
import { noteRule, takeInHand } from '../ruling/by-rule.ts';
import { type Assignment } from '../ruling/assign.ts';
import { assignmentOf, defaultOf } from '../ruling/decide.ts';
import { firstRequest } from '../store.ts';
import { offerOrders } from './offer-orders.ts';

export interface DispatchRequest {
  readonly version: number;
  readonly clientKey?: string | undefined;
  /** Without parties the assignment rule chooses. */
  readonly parties?: readonly Party[] | undefined;
  readonly task?: string | undefined;
}

const keyOf = (p: Party): string => `${p.kind}:${p.id}`;

/**
 * Whose answer is required: of parties that a person chose, everybody's; where the choice is what the
 * rule suggests, as the rule has it.
 */
function offersFor(
  ruled: Assignment,
  parties: readonly Party[] | undefined,
): { offers: readonly Offer[]; asRuled: boolean } {
  if (parties === undefined || parties.length === 0) return { offers: ruled.offers, asRuled: true };
  const chosen = new Map(parties.map((p) => [keyOf(p), p]));
  const asRuled = ruled.offers.length === chosen.size && ruled.offers.every((o) => chosen.has(keyOf(o.party)));
  return {
    asRuled,
    offers: asRuled ? ruled.offers : [...chosen.values()].map((party) => ({ party, required: true })),
  };
}

/**
 * Dispatches an incident. The same request again changes nothing.
 *
 * @throws AppError `not-found`, `forbidden`, `stale-edit`, `move-not-allowed` (not open for orders),
 *   `guard-failed` (nobody to send it to, or a party that cannot receive), `already-exists` (all parties
 *   have an open order)
 */
export async function dispatchIncident(
  tx: Tx,
  id: string,
  request: DispatchRequest,
  facts: MoveFacts = {},
): Promise<void> {
  const incident = await lockRecord(tx, id);
  tx.rt.authorise(facts.by ?? tx.actor, 'dispatch.offer', targetOf(incident));
  const isNew =
    request.clientKey === undefined ||
    (await asPlatform(tx, () => firstRequest(tx, id, request.clientKey ?? '', 'dispatch')));
  if (!isNew) return;
  if (facts.anyVersion !== true && incident.version !== request.version) throw staleEdit(incident);

  const known: MoveFacts = { ...facts, anyVersion: true };
  const { version } = request;
  takeInHand(tx, id);
  if (incident.state === 'reported') await moveIncident(tx, id, { move: 'accept', version }, known);
  if (incident.state === 'reported' || incident.state === 'accepted') {
    await moveIncident(tx, id, { move: 'register', version }, known);
  } else if (incident.state !== 'registered' && incident.state !== 'handling') {
    throw new AppError('move-not-allowed', { details: { state: incident.state, move: 'offer' } });
  }
  await asPlatform(tx, async () => {
    // History that is loaded was not decided by the rules of today.
    const ruled = facts.quiet === true ? await defaultOf(tx, incident) : await assignmentOf(tx, incident);
    const { offers, asRuled } = offersFor(ruled, request.parties);
    if (offers.length === 0) {
      throw new AppError('guard-failed', { field: 'parties', details: { move: 'offer', guard: 'party-can-receive' } });
    }
    if (asRuled) await noteRule(tx, id, ruled, facts.atMs ?? tx.nowMs);
    const made = await offerOrders(tx, await findRecord(tx, id), offers, { task: request.task }, facts);
    if (made.length === 0) throw new AppError('already-exists', { field: 'parties' });
  });
}
