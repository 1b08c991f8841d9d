/** Rows of clocks, read and written in sets. */
import { fixedSql, type Sql, sql, type Tx } from '@wangge/kernel';
import type { ClockPhase } from '../contract/clocks.ts';
import type { ClockFacts, ClockRule, Extension, Pause } from './clock.ts';

export interface ClockRow {
  readonly id: string;
  readonly incidentId: string;
  readonly orderId: string | null;
  readonly phase: ClockPhase;
  readonly startMs: number;
  /** Null until it is wound. */
  readonly rule: ClockRule | null;
  readonly pauses: readonly Pause[];
  readonly extensions: readonly Extension[];
  /** Of a merged incident whose earlier deadline holds. */
  readonly adopted: ClockFacts | null;
  readonly deadlineMs: number | null;
  readonly stoppedMs: number | null;
  readonly book: string | null;
  readonly woundMs: number | null;
  readonly dueMs: number | null;
  readonly done: readonly string[];
  readonly repeating: string | null;
  readonly repeatMs: number | null;
  readonly toldMs: number | null;
  readonly reminders: number;
  readonly ackedMs: number | null;
  readonly ackedBy: string | null;
}

/** Of `incidents_clocks c`. A clock that waits to be wound reads as due at the beginning of time. */
export const clockColumns: Sql = fixedSql(`c.id, c.incident_id as "incidentId", c.order_id as "orderId", c.phase,
  incidents_ms(c.start_at) as "startMs", c.rule, c.pauses, c.extensions, c.adopted,
  incidents_ms(c.deadline_at) as "deadlineMs", incidents_ms(c.stopped_at) as "stoppedMs", c.book,
  incidents_ms(c.wound_at) as "woundMs", case when c.due_at = '-infinity' then 0 else incidents_ms(c.due_at) end as "dueMs",
  c.done, c.repeating, incidents_ms(c.repeat_at) as "repeatMs", incidents_ms(c.told_at) as "toldMs", c.reminders,
  incidents_ms(c.acked_at) as "ackedMs", c.acked_by as "ackedBy"`);

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** Writes clocks in one statement; the caller holds them locked, or the incident that they belong to. */
export async function writeClocks(tx: Tx, clocks: readonly ClockRow[]): Promise<void> {
  if (clocks.length === 0) return;
  const rows = clocks.map((c) => ({
    id: c.id,
    start_at: iso(c.startMs),
    rule: c.rule,
    pauses: c.pauses,
    extensions: c.extensions,
    adopted: c.adopted,
    deadline_at: iso(c.deadlineMs),
    stopped_at: iso(c.stoppedMs),
    book: c.book,
    wound_at: iso(c.woundMs),
    due_at: iso(c.dueMs),
    done: c.done,
    repeating: c.repeating,
    repeat_at: iso(c.repeatMs),
    told_at: iso(c.toldMs),
    reminders: c.reminders,
    acked_at: iso(c.ackedMs),
    acked_by: c.ackedBy,
  }));
  await tx.run(sql`update incidents_clocks c set start_at = n.start_at, rule = n.rule, pauses = n.pauses,
      extensions = n.extensions, adopted = n.adopted, deadline_at = n.deadline_at, stopped_at = n.stopped_at,
      book = n.book, wound_at = n.wound_at, due_at = n.due_at, done = n.done, repeating = n.repeating,
      repeat_at = n.repeat_at, told_at = n.told_at, reminders = n.reminders, acked_at = n.acked_at, acked_by = n.acked_by
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(id uuid, start_at timestamptz, rule jsonb, pauses jsonb,
      extensions jsonb, adopted jsonb, deadline_at timestamptz, stopped_at timestamptz, book uuid, wound_at timestamptz,
      due_at timestamptz, done text[], repeating text, repeat_at timestamptz, told_at timestamptz, reminders int,
      acked_at timestamptz, acked_by text)
    where c.id = n.id`);
}

/** The handling clock of an incident that the caller holds locked; made where there is none yet. */
export async function handleClock(tx: Tx, incidentId: string, startMs: number): Promise<ClockRow> {
  const found = await tx.maybe<ClockRow>(sql`select ${clockColumns} from incidents_clocks c
    where c.incident_id = ${incidentId} and c.order_id is null and c.phase = 'handle' for update`);
  if (found) return found;
  await tx.run(sql`insert into incidents_clocks (incident_id, phase, start_at, due_at)
    values (${incidentId}, 'handle', ${new Date(startMs)}, '-infinity') on conflict do nothing`);
  return tx.one(sql`select ${clockColumns} from incidents_clocks c
    where c.incident_id = ${incidentId} and c.order_id is null and c.phase = 'handle' for update`);
}

/** All clocks of an incident and its orders, the incident's own first. */
export function clocksOf(tx: Tx, incidentId: string): Promise<ClockRow[]> {
  return tx.rows(sql`select ${clockColumns} from incidents_clocks c
    where c.incident_id = ${incidentId} order by c.order_id nulls first, c.start_at, c.phase`);
}
