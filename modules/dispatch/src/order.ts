/** Orders as the use cases see them, and how they are read. */
import { fixedSql, type Sql, sql, type Tx } from '@wangge/kernel';
import type { OrderState } from './states.ts';

export interface OrderRecord {
  readonly id: string;
  readonly incidentId: string;
  readonly state: OrderState;
  readonly stateBefore: OrderState | null;
  readonly partyKind: 'account' | 'department';
  readonly partyId: string;
  readonly partyName: string;
  readonly handlerId: string | null;
  readonly handlerName: string | null;
  readonly required: boolean;
  readonly task: string | null;
  readonly offeredBy: string | null;
  readonly offeredMs: number;
  readonly acceptedMs: number | null;
  readonly arrivedMs: number | null;
  readonly respondedMs: number | null;
  readonly response: string | null;
  readonly proofCount: number;
  readonly pending: 'suspend' | 'extend' | null;
  readonly pendingUntilMs: number | null;
  readonly pendingReason: string | null;
  readonly pendingBy: string | null;
  readonly pendingByName: string | null;
  readonly suspendedUntilMs: number | null;
  readonly endedHow: string | null;
  readonly superseded: boolean;
  readonly part: boolean;
  readonly updatedMs: number;
  readonly version: number;
}

const columns: Sql = fixedSql(`o.id, o.incident_id as "incidentId", o.state, o.state_before as "stateBefore",
  o.party_kind as "partyKind", o.party_id as "partyId", o.party_name as "partyName", o.handler_id as "handlerId",
  o.handler_name as "handlerName", o.required, o.task, o.offered_by as "offeredBy",
  incidents_ms(o.offered_at) as "offeredMs", incidents_ms(o.accepted_at) as "acceptedMs",
  incidents_ms(o.arrived_at) as "arrivedMs", incidents_ms(o.responded_at) as "respondedMs", o.response,
  o.proof_count as "proofCount", o.pending, incidents_ms(o.pending_until) as "pendingUntilMs",
  o.pending_reason as "pendingReason", o.pending_by as "pendingBy", o.pending_by_name as "pendingByName",
  incidents_ms(o.suspended_until) as "suspendedUntilMs", o.ended_how as "endedHow", o.superseded, o.is_part as part,
  incidents_ms(o.updated_at) as "updatedMs", o.version`);

export function findOrder(tx: Tx, id: string): Promise<OrderRecord> {
  return tx.one(sql`select ${columns} from dispatch_orders o where o.id = ${id}`);
}
/** All orders of an incident that the caller may see, oldest first. */
export function ordersOf(tx: Tx, incidentId: string): Promise<OrderRecord[]> {
  return tx.rows(
    sql`select ${columns} from dispatch_orders o where o.incident_id = ${incidentId} order by o.offered_at, o.id`,
  );
}

/** Orders of an account and its departments, newest first. */
export function ordersOfParty(
  tx: Tx,
  who: { readonly accountId: string; readonly departmentIds: readonly string[] },
  page: {
    readonly open: boolean;
    readonly after: { readonly at: Date; readonly id: string } | null;
    readonly limit: number;
  },
): Promise<OrderRecord[]> {
  return tx.rows(sql`select ${columns} from dispatch_orders o
    where o.id in (
        select id from dispatch_orders where party_id = ${who.accountId} and party_kind = 'account'
        union select id from dispatch_orders where handler_id = ${who.accountId}
        union select id from dispatch_orders where party_id = any(${[...who.departmentIds]}::uuid[]) and party_kind = 'department')
      and o.is_open = ${page.open}
      and exists (select 1 from incidents_incidents i where i.id = o.incident_id)
      and (${page.after?.at ?? null}::timestamptz is null or (o.offered_at, o.id) < (${page.after?.at ?? null}, ${page.after?.id ?? null}::uuid))
    order by o.offered_at desc, o.id desc limit ${page.limit}`);
}

/** How many orders are open for each of these parties. */
export async function openOrderCounts(tx: Tx, partyIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.rows<{ id: string; n: number }>(sql`
    select party_id as id, count(*)::int as n from dispatch_orders
    where is_open and party_id = any(${[...partyIds]}::uuid[]) group by party_id`);
  return new Map(rows.map((r) => [r.id, r.n]));
}
