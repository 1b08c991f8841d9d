/** Writes of orders; as the platform, after the caller was authorised. */
import { sql, type Tx } from '@wangge/kernel';
import type { OrderState } from './states.ts';

export interface NewOrder {
  readonly id: string;
  readonly incidentId: string;
  readonly partyKind: 'account' | 'department';
  readonly partyId: string;
  readonly partyName: string;
  readonly required: boolean;
  readonly task: string | null;
  readonly offeredBy: string | null;
  readonly atMs: number;
  readonly passedFrom: string | null;
  readonly part: boolean;
}

/** False when the party has an open order for this incident already. */
export async function insertOrder(tx: Tx, order: NewOrder): Promise<boolean> {
  const at = new Date(order.atMs);
  const made = await tx.run(sql`insert into dispatch_orders
      (id, incident_id, state, party_kind, party_id, party_name, required, task, offered_by, offered_at, passed_from, is_part, updated_at)
    values (${order.id}, ${order.incidentId}, 'offered', ${order.partyKind}, ${order.partyId}, ${order.partyName},
      ${order.required}, ${order.task}, ${order.offeredBy}, ${at}, ${order.passedFrom}, ${order.part}, ${at})
    on conflict (incident_id, party_kind, party_id) where is_open do nothing`);
  return made === 1;
}

/** Columns that a move may set; times in milliseconds. */
export interface OrderPatch {
  state?: OrderState;
  state_before?: OrderState | null;
  handler_id?: string | null;
  handler_name?: string | null;
  accepted_at?: number;
  arrived_at?: number;
  arrived_lon?: number | null;
  arrived_lat?: number | null;
  arrived_reason?: string | null;
  responded_at?: number | null;
  responded_lon?: number | null;
  responded_lat?: number | null;
  response?: string;
  proof_count?: number;
  returned_to?: string;
  ended_at?: number;
  ended_reason?: string | null;
  ended_how?: string;
  superseded?: boolean;
  pending?: 'suspend' | 'extend' | null;
  pending_until?: number | null;
  pending_reason?: string | null;
  pending_by?: string | null;
  pending_by_name?: string | null;
  suspended_at?: number | null;
  suspended_until?: number | null;
}
const times = new Set([
  'accepted_at',
  'arrived_at',
  'responded_at',
  'ended_at',
  'pending_until',
  'suspended_at',
  'suspended_until',
]);

export async function patchOrder(tx: Tx, id: string, patch: OrderPatch, atMs: number): Promise<void> {
  const entries = Object.entries(patch).map(([key, value]: [string, unknown]) => [
    key,
    times.has(key) && typeof value === 'number' ? new Date(value).toISOString() : value,
  ]);
  await tx.run(sql`update dispatch_orders o set
      (state, state_before, handler_id, handler_name, accepted_at, arrived_at, arrived_lon, arrived_lat, arrived_reason,
       responded_at, responded_lon, responded_lat, response, proof_count, returned_to, ended_at, ended_reason, ended_how,
       superseded, pending, pending_until, pending_reason, pending_by, pending_by_name, suspended_at, suspended_until)
      = (select p.state, p.state_before, p.handler_id, p.handler_name, p.accepted_at, p.arrived_at, p.arrived_lon,
       p.arrived_lat, p.arrived_reason, p.responded_at, p.responded_lon, p.responded_lat, p.response, p.proof_count,
       p.returned_to, p.ended_at, p.ended_reason, p.ended_how, p.superseded, p.pending, p.pending_until, p.pending_reason,
       p.pending_by, p.pending_by_name, p.suspended_at, p.suspended_until
       from jsonb_populate_record(o, ${JSON.stringify(Object.fromEntries(entries))}::jsonb) as p),
      updated_at = ${new Date(atMs)}, version = o.version + 1
    where o.id = ${id}`);
}

/** True the first time that this request of a client is seen. */
export async function firstRequest(tx: Tx, subjectId: string, clientKey: string, request: string): Promise<boolean> {
  const made = await tx.run(sql`insert into dispatch_request_keys (subject_id, client_key, request)
    values (${subjectId}, ${clientKey}, ${request}) on conflict do nothing`);
  return made === 1;
}
