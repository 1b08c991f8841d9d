/** The clocks of an incident as its page explains them. */
import { sql, type Tx } from '@wangge/kernel';
import { currentBook } from '../../categories/book.ts';
import type { IncidentClock, IncidentClocks } from '../../contract/clocks.ts';
import { hatsOf, targetOf } from '../../people.ts';
import { findRecord, type IncidentRecord } from '../../record.ts';
import { incidentStates } from '../../states.ts';
import type { ClockBook } from '../book.ts';
import { subjectOf } from '../change-clock.ts';
import { allowedMs, ranMs, standing } from '../clock.ts';
import { warnOf } from '../ladder.ts';
import { governing, settle, upcoming } from '../settle.ts';
import { type ClockRow, clocksOf } from '../store.ts';

interface SupervisionRow {
  readonly id: string;
  readonly atMs: number;
  readonly byName: string;
  readonly reason: string;
  readonly answerByMs: number | null;
  readonly answeredAtMs: number | null;
  readonly answeredBy: string | null;
  readonly answer: string | null;
}

function viewOf(book: ClockBook, clock: ClockRow, record: IncidentRecord, nowMs: number): IncidentClock[] {
  const facts = governing(book, clock);
  if (facts === null || clock.rule === null) return [];
  const atMs = clock.stoppedMs ?? nowMs;
  const leftMs = allowedMs(facts) - ranMs(book.calendar, facts, atMs);
  const next = upcoming(book, clock, record.severity);
  const warnMs = warnOf(book.calendar, facts, book.ladderOf(clock.phase, record.severity));
  const late = clock.deadlineMs !== null && atMs >= clock.deadlineMs;
  const state =
    clock.stoppedMs !== null
      ? late
        ? 'missed'
        : 'met'
      : late
        ? 'overdue'
        : standing(clock)
          ? 'paused'
          : warnMs !== null && nowMs >= warnMs
            ? 'warning'
            : 'running';
  return [
    {
      id: clock.id,
      phase: clock.phase,
      orderId: clock.orderId,
      startMs: clock.startMs,
      minutes: clock.rule.minutes,
      mode: clock.rule.mode,
      deadlineMs: clock.deadlineMs,
      state,
      // Past the limit the clock's own time says little: how late is told as people count it.
      leftMs: late && clock.deadlineMs !== null ? Math.min(0, clock.deadlineMs - atMs) : Math.max(0, leftMs),
      pauses: clock.pauses.map((p) => ({ fromMs: p.fromMs, toMs: p.toMs, untilMs: p.untilMs ?? null, why: p.why })),
      extensions: [...clock.extensions],
      unknownYears:
        facts.rule.mode === 'working' ? book.calendar.unknownYears(facts.startMs, clock.deadlineMs ?? nowMs) : [],
      toldAtMs: clock.toldMs,
      reminders: clock.reminders,
      acknowledgedAtMs: clock.ackedMs,
      acknowledgedBy: clock.ackedBy,
      next: next?.atMs != null ? { atMs: next.atMs, act: next.step.act } : null,
    },
  ];
}

/** @throws AppError `not-found` for whoever may not see the incident */
export async function readClocks(tx: Tx, id: string): Promise<IncidentClocks> {
  const record = await findRecord(tx, id);
  tx.rt.authorise(tx.actor, 'incidents.read', targetOf(record));
  const book = await currentBook(tx);
  const subject = subjectOf(book, record.categoryCode, record.severity);
  const rows = await clocksOf(tx, id);
  // What nobody has wound yet is shown as it will be.
  const clocks = rows.flatMap((row) => {
    const clock = row.woundMs === null ? settle(book.clocks, row, subject, tx.nowMs)?.clock : row;
    return clock ? viewOf(book.clocks, clock, record, tx.nowMs) : [];
  });
  const supervisions = await tx.rows<SupervisionRow>(sql`select id, incidents_ms(at) as "atMs", by_name as "byName",
      reason, incidents_ms(answer_by) as "answerByMs", incidents_ms(answered_at) as "answeredAtMs", answered_by as "answeredBy", answer
    from incidents_supervisions where incident_id = ${id} order by at desc, id desc`);
  const { open } = incidentStates[record.state];
  const handle = rows.find((row) => row.phase === 'handle' && row.orderId === null);
  const paused = handle !== undefined && standing(handle) !== undefined;
  const decides = open && hatsOf(tx.rt, tx.actor, record).includes('dispatcher');
  const acknowledges = open && tx.rt.can(tx.actor, 'incidents.acknowledge', targetOf(record));
  return {
    clocks,
    supervisions,
    may: {
      acknowledge: acknowledges && rows.some((row) => isRinging(row)),
      pause: decides && !paused && record.stoppedMs === null && handle !== undefined,
      resume: decides && paused,
      answer: acknowledges && supervisions.some((s) => s.answeredAtMs === null),
    },
  };
}

/** People were told and nobody has acknowledged it since. */
export function isRinging(row: ClockRow): boolean {
  return row.stoppedMs === null && row.toldMs !== null && row.ackedMs === null;
}
