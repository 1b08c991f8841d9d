/** Rows of orders that go from one colleague to another. */
import { fixedSql, type Sql, sql, type Tx } from '@wangge/kernel';
import type { ForwardState } from '../contract/forward.ts';
import type { OrderState } from '../states.ts';

export interface ForwardRow {
  readonly id: string;
  readonly orderId: string;
  readonly incidentId: string;
  readonly state: ForwardState;
  readonly fromId: string;
  readonly fromName: string;
  readonly toId: string;
  readonly toName: string;
  readonly reason: string;
  readonly askedAtMs: number;
  readonly endedAtMs: number | null;
  readonly answer: string | null;
}
const columns: Sql = fixedSql(`f.id, f.order_id as "orderId", f.incident_id as "incidentId", f.state,
  f.from_id as "fromId", f.from_name as "fromName", f.to_id as "toId", f.to_name as "toName", f.reason,
  incidents_ms(f.asked_at) as "askedAtMs", incidents_ms(f.ended_at) as "endedAtMs", f.answer`);

export function findForward(tx: Tx, id: string): Promise<ForwardRow> {
  return tx.one(sql`select ${columns} from dispatch_forwards f where f.id = ${id}`);
}
export function knownForward(tx: Tx, id: string): Promise<ForwardRow | undefined> {
  return tx.maybe(sql`select ${columns} from dispatch_forwards f where f.id = ${id}`);
}
export function waitingForward(tx: Tx, orderId: string): Promise<ForwardRow | undefined> {
  return tx.maybe(sql`select ${columns} from dispatch_forwards f where f.order_id = ${orderId} and f.state = 'asked'`);
}
/** What waits, and what ended since; the caller is one of the two. */
export function ownForwards(tx: Tx, sinceMs: number): Promise<ForwardRow[]> {
  return tx.rows(sql`select ${columns} from dispatch_forwards f
    where (f.from_id = ${tx.actor.id} or f.to_id = ${tx.actor.id})
      and (f.state = 'asked' or f.ended_at > ${new Date(sinceMs)})
    order by f.asked_at desc, f.id desc limit 100`);
}
export async function insertForward(tx: Tx, f: ForwardRow): Promise<void> {
  await tx.run(sql`insert into dispatch_forwards (id, order_id, incident_id, state, from_id, from_name, to_id, to_name,
      reason, asked_at)
    values (${f.id}, ${f.orderId}, ${f.incidentId}, 'asked', ${f.fromId}, ${f.fromName}, ${f.toId}, ${f.toName},
      ${f.reason}, ${new Date(f.askedAtMs)})`);
}
export async function endForward(tx: Tx, id: string, state: ForwardState, answer: string | null): Promise<void> {
  await tx.run(sql`update dispatch_forwards set state = ${state}, answer = ${answer}, ended_at = ${new Date(tx.nowMs)}
    where id = ${id}`);
}
/** The order is the colleague's from now on; what was done on the spot, somebody else did. */
export async function giveOrder(tx: Tx, f: ForwardRow, state: OrderState): Promise<void> {
  const at = new Date(tx.nowMs);
  await tx.run(sql`update dispatch_orders set party_id = ${f.toId}, party_name = ${f.toName}, handler_id = ${f.toId},
      handler_name = ${f.toName}, state = ${state}, accepted_at = ${at}, arrived_at = null, arrived_lon = null,
      arrived_lat = null, arrived_reason = null, updated_at = ${at}, version = version + 1
    where id = ${f.orderId}`);
}
