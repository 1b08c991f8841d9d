/** An order's own clocks beside the resident's: until it is taken, until it is answered. For the module of orders. */
import { sql, type Tx } from '@wangge/kernel';
import type { MoveFacts } from '../actions/move-facts.ts';
import { type Moving, movingBy } from '../actions/moving.ts';
import { currentBook } from '../categories/book.ts';
import type { ClockMove } from '../contract/clocks.ts';
import type { IncidentRecord } from '../record.ts';
import { appendEntries } from '../store/history.ts';
import { patchIncident } from '../store/patch.ts';
import type { ClockBook } from './book.ts';
import { changeClock, subjectOf } from './change-clock.ts';
import { ownTime, type Pause } from './clock.ts';
import { settle } from './settle.ts';
import { clockColumns, type ClockRow, writeClocks } from './store.ts';
import { movedText } from './words.ts';

export interface ClockedOrder {
  readonly id: string;
  readonly party: { readonly kind: 'account' | 'department'; readonly id: string };
}

/** Each order has its own time from its offer on, whatever is left of the resident's. */
export async function startOrderClocks(
  tx: Tx,
  incidentId: string,
  orders: readonly ClockedOrder[],
  atMs: number,
): Promise<void> {
  if (orders.length === 0) return;
  await tx.run(sql`insert into incidents_clocks (incident_id, order_id, party, phase, start_at, due_at)
    select ${incidentId}, o.id, o.party, p.phase, ${new Date(atMs)}, '-infinity'
    from jsonb_to_recordset(${JSON.stringify(orders)}::jsonb) as o(id uuid, party jsonb),
      lateral (select 'order' as phase
        union all select 'take' where exists (select 1 from incidents_limits where phase = 'take')) as p
    on conflict do nothing`);
}

/** @param phases `take` once somebody took it; both when it ended */
export async function stopOrderClocks(
  tx: Tx,
  orderId: string,
  phases: readonly ('take' | 'order')[],
  atMs: number,
): Promise<void> {
  await tx.run(sql`update incidents_clocks set stopped_at = ${new Date(atMs)},
      due_at = case when rule is null then '-infinity'::timestamptz end
    where order_id = ${orderId} and stopped_at is null and phase = any(${[...phases]}::text[])`);
}

/** Somebody else has the order, and hears of its limit; what is left of it stays the same. */
export async function passOrderClock(tx: Tx, orderId: string, party: ClockedOrder['party']): Promise<void> {
  await tx.run(sql`update incidents_clocks set party = ${JSON.stringify(party)}::jsonb where order_id = ${orderId}`);
}

/** Deadlines of orders that run, by order. */
export async function orderDeadlines(tx: Tx, orderIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.rows<{ id: string; deadlineMs: number }>(sql`select order_id as id,
      incidents_ms(deadline_at) as "deadlineMs" from incidents_clocks
    where order_id = any(${[...orderIds]}::uuid[]) and phase = 'order' and deadline_at is not null and stopped_at is null`);
  return new Map(rows.map((r) => [r.id, r.deadlineMs]));
}

export interface StandingClock {
  readonly why: Pause['why'];
  /** Ends by itself then; null: when somebody ends it. */
  readonly untilMs: number | null;
}
/** Incidents whose own clock stands just now, with the reason. */
export async function standingClocks(tx: Tx, incidentIds: readonly string[]): Promise<Map<string, StandingClock>> {
  const rows = await tx.rows<StandingClock & { id: string }>(sql`select distinct on (c.incident_id) c.incident_id as id,
      p ->> 'why' as why, (p ->> 'untilMs')::float8 as "untilMs"
    from incidents_clocks c, jsonb_array_elements(c.pauses) as p
    where c.incident_id = any(${[...incidentIds]}::uuid[]) and c.order_id is null and c.phase = 'handle'
      and c.stopped_at is null and p ->> 'toMs' is null
    order by c.incident_id, p ->> 'fromMs'`);
  return new Map(rows.map(({ id, ...standing }) => [id, standing]));
}

async function changeOrderClock(
  tx: Tx,
  record: IncidentRecord,
  orderId: string,
  why: ClockMove,
  to: (clock: ClockRow, book: ClockBook) => ClockRow,
  moving: Moving,
): Promise<void> {
  const before = await tx.maybe<ClockRow>(sql`select ${clockColumns} from incidents_clocks c
    where c.order_id = ${orderId} and c.phase = 'order' for update`);
  if (!before) return;
  const book = await currentBook(tx);
  const subject = subjectOf(book, record.categoryCode, record.severity);
  const wound = settle(book.clocks, before, subject, moving.atMs)?.clock ?? before;
  const settled = settle(book.clocks, to(wound, book.clocks), subject, moving.atMs);
  if (!settled) return;
  await writeClocks(tx, [settled.clock]);
  if (settled.clock.deadlineMs === wound.deadlineMs) return;
  await appendEntries(tx, [
    {
      incidentId: record.id,
      move: `clock:${why}`,
      actor: moving.actor,
      actorName: moving.name,
      atMs: moving.atMs,
      reason: `${movedText(wound.deadlineMs, settled.clock.deadlineMs, tx.rt.config.zone)}${moving.reason === null ? '' : `（${moving.reason}）`}`,
      orderId,
    },
  ]);
}

/** Sent back to be done better: the time in which the answer was looked at is not the party's. */
export async function reopenOrderClock(
  tx: Tx,
  record: IncidentRecord,
  orderId: string,
  facts: MoveFacts,
): Promise<void> {
  const moving = movingBy(tx, facts, null);
  await changeOrderClock(
    tx,
    record,
    orderId,
    'rework',
    (c) =>
      c.stoppedMs === null
        ? c
        : {
            ...c,
            stoppedMs: null,
            pauses: [...c.pauses, { fromMs: c.stoppedMs, toMs: moving.atMs, why: 'responded' }],
          },
    moving,
  );
}

async function changeIncidentClock(
  tx: Tx,
  record: IncidentRecord,
  why: ClockMove,
  to: (clock: ClockRow, book: ClockBook) => ClockRow,
  moving: Moving,
): Promise<void> {
  if (record.stoppedMs !== null) return;
  await patchIncident(tx, record.id, await changeClock(tx, record, { why, to }, moving), moving);
}

export interface Suspension {
  readonly untilMs: number;
  readonly reason: string;
  /** The approver lets the resident's clock stand too. */
  readonly withIncident: boolean;
}

/** An approved suspension: the order's clock stands until the date, or until the party goes on. */
export async function suspendClock(
  tx: Tx,
  record: IncidentRecord,
  orderId: string,
  { untilMs, reason, withIncident }: Suspension,
  facts: MoveFacts,
): Promise<void> {
  const moving = movingBy(tx, facts, reason);
  const stands: Pause = { fromMs: moving.atMs, toMs: null, untilMs, why: 'suspension', orderId };
  const pause = (c: ClockRow): ClockRow => ({ ...c, pauses: [...c.pauses, stands] });
  await changeOrderClock(tx, record, orderId, 'pause', pause, moving);
  if (!withIncident) return;
  // One that stands already for the reporter stands anyhow.
  const once = (c: ClockRow): ClockRow => (c.pauses.some((p) => p.toMs === null) ? c : pause(c));
  await changeIncidentClock(tx, record, 'pause', once, moving);
}

/** The order goes on: by its party, at the date, or it ended while it was suspended. */
export async function resumeClock(tx: Tx, record: IncidentRecord, orderId: string, facts: MoveFacts): Promise<void> {
  const moving = movingBy(tx, facts, null);
  const resume = (c: ClockRow): ClockRow => ({
    ...c,
    pauses: c.pauses.map((p) => (p.toMs === null && p.orderId === orderId ? { ...p, toMs: moving.atMs } : p)),
  });
  await changeOrderClock(tx, record, orderId, 'resume', resume, moving);
  const { standing } = await tx.one<{ standing: boolean }>(sql`select exists (select 1 from incidents_clocks
    where incident_id = ${record.id} and order_id is null and phase = 'handle'
      and jsonb_path_exists(pauses, '$[*] ? (@.toMs == null && @.orderId == $id)',
        jsonb_build_object('id', ${orderId}::text))) as standing`);
  if (standing) await changeIncidentClock(tx, record, 'resume', resume, moving);
}

export interface Prolongation {
  readonly untilMs: number;
  readonly askedBy: string;
  readonly approvedBy: string;
  readonly reason: string;
  /** The approver moves the resident's deadline too. */
  readonly withIncident: boolean;
}

/** An approved extension up to a moment, kept as an amount of the clock's own time. */
export async function extendClock(
  tx: Tx,
  record: IncidentRecord,
  orderId: string,
  { untilMs, withIncident, ...words }: Prolongation,
  facts: MoveFacts,
): Promise<void> {
  const moving = movingBy(tx, facts, words.reason);
  const extend = (c: ClockRow, book: ClockBook): ClockRow => {
    if (c.rule === null || c.deadlineMs === null) return c;
    const ms = ownTime(book.calendar, c.rule, c.deadlineMs, untilMs);
    return ms <= 0 ? c : { ...c, extensions: [...c.extensions, { ms, atMs: moving.atMs, ...words }] };
  };
  await changeOrderClock(tx, record, orderId, 'extend', extend, moving);
  if (withIncident) await changeIncidentClock(tx, record, 'extend', extend, moving);
}
