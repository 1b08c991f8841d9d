/** Dispatch tells who has to do with an incident and how many orders are open. */
import type { Tx } from '@wangge/kernel';
import { asPlatform } from '../platform.ts';
import { lockRecord } from '../record.ts';
import { type IncidentPatch, patchIncident } from '../store/patch.ts';
import type { MoveFacts } from './move-facts.ts';
import { movingBy } from './moving.ts';

export interface Parties {
  readonly assigneeIds: readonly string[];
  readonly departmentIds: readonly string[];
  /** Accounts that handled it so far: none of them may verify. */
  readonly handlerIds?: readonly string[];
  readonly openOrders?: number;
  readonly openRequiredOrders?: number;
  /** Of the parts it was split into. */
  readonly parts?: { readonly done: number; readonly total: number };
  /** Photos that were added to the timeline as proof. */
  readonly moreProofs?: number;
}

/** Denormalised into the incident, where row-level security and lists read it. */
export async function setParties(tx: Tx, id: string, parties: Parties, facts: MoveFacts = {}): Promise<void> {
  await asPlatform(tx, async () => {
    const record = await lockRecord(tx, id);
    const moreProofs = parties.moreProofs ?? 0;
    const patch: IncidentPatch = {
      assignee_ids: [...new Set(parties.assigneeIds)],
      department_ids: [...new Set(parties.departmentIds)],
      ...(parties.handlerIds ? { handler_ids: [...new Set([...record.handlerIds, ...parties.handlerIds])] } : {}),
      ...(parties.openOrders === undefined ? {} : { open_orders: parties.openOrders }),
      ...(parties.openRequiredOrders === undefined ? {} : { open_required_orders: parties.openRequiredOrders }),
      ...(parties.parts ? { parts_done: parties.parts.done, parts_total: parties.parts.total } : {}),
      ...(moreProofs + (facts.paperProofs ?? 0) === 0
        ? {}
        : {
            proof_count: record.proofCount + moreProofs + (facts.paperProofs ?? 0),
            photo_count: record.photoCount + moreProofs,
          }),
    };
    await patchIncident(tx, id, patch, movingBy(tx, facts, null));
  });
}
