/** Changes the facts of an incident's handling clock; the deadline follows, and the timeline says why. */
import { AppError } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import { type CategoryBook, currentBook } from '../categories/book.ts';
import type { ClockMove } from '../contract/clocks.ts';
import type { Moving } from '../actions/moving.ts';
import type { IncidentRecord } from '../record.ts';
import type { Severity } from '../states.ts';
import { appendEntries } from '../store/history.ts';
import type { IncidentPatch } from '../store/patch.ts';
import type { ClockBook } from './book.ts';
import type { ClockFacts } from './clock.ts';
import { type ClockSubject, governing, settle, type Settled } from './settle.ts';
import { clockColumns, type ClockRow, handleClock, writeClocks } from './store.ts';
import { movedText } from './words.ts';

/** What the rules look at, of an incident. */
export function subjectOf(book: CategoryBook, categoryCode: string, severity: Severity): ClockSubject {
  const category = book.get(categoryCode);
  if (!category) throw new Error(`category ${categoryCode} is gone`);
  return { category, severity };
}

export interface ClockChange {
  readonly why: ClockMove;
  /** The new facts; what follows from them is reckoned afterwards. */
  readonly to: (clock: ClockRow, book: ClockBook) => ClockRow;
  /** Where the incident's row does not say it yet. */
  readonly categoryCode?: string;
  readonly severity?: Severity;
  /** Told in the timeline even where the deadline stays. */
  readonly always?: boolean;
}

/**
 * Runs as the platform with the incident locked, before its row is patched.
 *
 * @returns the columns of the incident's row that follow
 */
export async function changeClock(
  tx: Tx,
  record: IncidentRecord,
  change: ClockChange,
  moving: Moving,
): Promise<IncidentPatch> {
  const book = await currentBook(tx);
  const subject = subjectOf(book, change.categoryCode ?? record.categoryCode, change.severity ?? record.severity);
  const before = await handleClock(tx, record.id, record.reportedMs);
  const wound = settle(book.clocks, before, subjectOf(book, record.categoryCode, record.severity), moving.atMs);
  const changed = change.to(wound?.clock ?? before, book.clocks);
  const settled = settle(book.clocks, changed, subject, moving.atMs);
  if (!settled) throw new Error('an incident is always limited');
  await writeClocks(tx, [settled.clock]);
  if (change.always === true || settled.clock.deadlineMs !== record.deadlineMs) {
    await appendEntries(tx, [
      {
        incidentId: record.id,
        move: `clock:${change.why}`,
        actor: moving.actor,
        actorName: moving.name,
        atMs: moving.atMs,
        reason: `${movedText(record.deadlineMs, settled.clock.deadlineMs, tx.rt.config.zone)}${moving.reason === null ? '' : `（${moving.reason}）`}`,
      },
    ]);
  }
  return clockPatch(settled);
}

export function clockPatch({ clock, ownDeadlineMs, warnMs }: Settled): IncidentPatch {
  return { own_deadline_at: ownDeadlineMs, deadline_at: clock.deadlineMs, warn_at: warnMs };
}

/** Starts anew; what happened to the clock so far stays in the timeline. */
export function startedAnew(clock: ClockRow, startMs: number): ClockRow {
  return {
    ...clock,
    startMs,
    rule: null,
    pauses: [],
    extensions: [],
    stoppedMs: null,
    woundMs: null,
    done: [],
    repeating: null,
    repeatMs: null,
    toldMs: null,
    reminders: 0,
    ackedMs: null,
    ackedBy: null,
  };
}

/** The facts of the earliest deadline among the incidents merged into this one. */
export async function earliestMerged(tx: Tx, targetId: string, nowMs: number): Promise<ClockFacts | null> {
  const book = await currentBook(tx);
  const rows = await tx.rows<ClockRow & { categoryCode: string; severity: Severity }>(sql`
    select ${clockColumns}, i.category_code as "categoryCode", i.severity
    from incidents_merges m join incidents_incidents i on i.id = m.source_id
      join incidents_clocks c on c.incident_id = i.id and c.order_id is null and c.phase = 'handle'
    where m.target_id = ${targetId} and m.undone_at is null`);
  let best: { facts: ClockFacts; deadlineMs: number } | null = null;
  for (const row of rows) {
    const clock = settle(book.clocks, row, subjectOf(book, row.categoryCode, row.severity), nowMs)?.clock;
    const facts = clock && governing(book.clocks, clock);
    if (!clock || !facts || clock.deadlineMs === null) continue;
    if (best === null || clock.deadlineMs < best.deadlineMs)
      best = { facts: plainFacts(facts), deadlineMs: clock.deadlineMs };
  }
  return best?.facts ?? null;
}

function plainFacts({ startMs, rule, pauses, extensions }: ClockFacts): ClockFacts {
  return { startMs, rule, pauses, extensions };
}

/** @throws AppError `guard-failed` naming what the clock would have to be */
export function refuseClock(move: ClockMove, guard: string): AppError {
  return new AppError('guard-failed', { details: { move, guard } });
}
