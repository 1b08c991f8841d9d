/** The timeline: written once, never changed. */
import { newId } from '@wangge/contract-kit';
import { type Actor, sql, type Tx } from '@wangge/kernel';

export interface NewEntry {
  readonly incidentId: string;
  /** Move of the incident, `order:<move>` of an order, or `note`. */
  readonly move: string;
  readonly fromState?: string | null;
  readonly toState?: string | null;
  readonly actor: Actor;
  /** Shown instead of the actor's own name. */
  readonly actorName?: string;
  readonly atMs: number;
  readonly reason?: string | null;
  readonly orderId?: string | null;
  readonly partyName?: string | null;
}

/** Appends entries in one statement, in this order; answers their identifiers. */
export async function appendEntries(tx: Tx, entries: readonly NewEntry[]): Promise<string[]> {
  if (entries.length === 0) return [];
  const rows = entries.map((e) => ({
    id: newId(e.atMs),
    incident_id: e.incidentId,
    at: new Date(e.atMs).toISOString(),
    move: e.move,
    from_state: e.fromState ?? null,
    to_state: e.toState ?? null,
    actor_kind: e.actor.kind,
    actor_id: e.actor.id,
    actor_name: e.actorName ?? e.actor.name,
    reason: e.reason ?? null,
    order_id: e.orderId ?? null,
    party_name: e.partyName ?? null,
  }));
  await tx.run(sql`insert into incidents_history
      (id, incident_id, at, move, from_state, to_state, actor_kind, actor_id, actor_name, reason, order_id, party_name)
    select id, incident_id, at, move, from_state, to_state, actor_kind, actor_id, actor_name, reason, order_id, party_name
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as h(id uuid, incident_id uuid, at timestamptz, move text,
      from_state text, to_state text, actor_kind text, actor_id uuid, actor_name text, reason text, order_id uuid, party_name text)`);
  return rows.map((r) => r.id);
}

export interface EntryRow {
  readonly id: string;
  readonly atMs: number;
  readonly move: string;
  readonly fromState: string | null;
  readonly toState: string | null;
  readonly actorName: string;
  readonly reason: string | null;
  readonly orderId: string | null;
  readonly partyName: string | null;
}
export function entriesOf(tx: Tx, incidentId: string): Promise<EntryRow[]> {
  return tx.rows(sql`select id, incidents_ms(at) as "atMs", move, from_state as "fromState", to_state as "toState",
      actor_name as "actorName", reason, order_id as "orderId", party_name as "partyName"
    from incidents_history where incident_id = ${incidentId} order by at, id`);
}

/**
 * Notes that a client's request was carried out; false when it was before. The incident is locked, so
 * two equal requests come one after the other.
 */
export async function firstTime(tx: Tx, incidentId: string, clientKey: string, move: string): Promise<boolean> {
  const made = await tx.run(sql`insert into incidents_move_keys (incident_id, client_key, move)
    values (${incidentId}, ${clientKey}, ${move}) on conflict do nothing`);
  return made === 1;
}
