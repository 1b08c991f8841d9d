/** From a clock's facts to its deadline, its state and what is due next. Pure. */
import type { Severity } from '../states.ts';
import type { ClockBook } from './book.ts';
import { addOwnTime, type ClockFacts, deadlineOf, minuteMs, standing } from './clock.ts';
import { type DueStep, stepsOf, warnOf } from './ladder.ts';
import { limitFor, type LimitedCategory } from './limits.ts';
import type { ClockRow } from './store.ts';

/** What was late so long before anybody looked after the clock (an import, a start after months) is no news. */
const newsMs = 24 * 3_600_000;

/** What the rules look at, of the incident that a clock belongs to. */
export interface ClockSubject {
  readonly category: LimitedCategory;
  readonly severity: Severity;
}

/** The facts by which the clock runs: a merged incident's where its deadline is earlier. */
export function governing(book: ClockBook, clock: ClockRow): ClockFacts | null {
  if (clock.rule === null) return null;
  const own: ClockFacts = { ...clock, rule: clock.rule };
  if (clock.adopted === null) return own;
  const mine = deadlineOf(book.calendar, own);
  const theirs = deadlineOf(book.calendar, clock.adopted);
  return theirs !== null && (mine === null || theirs < mine) ? clock.adopted : own;
}

export interface Settled {
  readonly clock: ClockRow;
  /** For the incident's row: its own deadline beside the one that holds. */
  readonly ownDeadlineMs: number | null;
  readonly warnMs: number | null;
}

/**
 * The clock with everything that follows from its facts now; null where no limit applies to it any more.
 * Steps that a later deadline moved into the future will be taken anew, and need a new acknowledgement.
 */
export function settle(book: ClockBook, clock: ClockRow, subject: ClockSubject, nowMs: number): Settled | null {
  // What a stopped clock was measured by stays with it.
  const rule =
    clock.stoppedMs !== null && clock.rule !== null
      ? clock.rule
      : limitFor(book.table, subject.category, subject.severity, clock.phase);
  if (rule === null) return null;
  const facts = governing(book, { ...clock, rule }) ?? { ...clock, rule };
  const ladder = book.ladderOf(clock.phase, subject.severity);
  const steps = stepsOf(book.calendar, facts, ladder);
  const deadlineMs = deadlineOf(book.calendar, facts);
  const woundMs = clock.woundMs ?? nowMs;
  const past = (step: DueStep): boolean => step.atMs !== null && step.atMs <= nowMs;
  const wasLate = clock.woundMs === null && deadlineMs !== null && deadlineMs < nowMs - newsMs;
  const old = wasLate ? steps.filter(past) : [];
  const known = new Set(clock.done);
  const done = steps.filter((s) => (known.has(s.key) && past(s)) || old.includes(s)).map((s) => s.key);
  const undone = steps.some((s) => known.has(s.key) && !past(s));
  const next: ClockRow = {
    ...clock,
    rule,
    book: book.version,
    woundMs,
    deadlineMs,
    done,
    ...(undone ? { ackedMs: null, ackedBy: null, repeating: null, repeatMs: null } : {}),
  };
  return {
    clock: { ...next, dueMs: dueOf(next, steps) },
    ownDeadlineMs: deadlineOf(book.calendar, { ...clock, rule }),
    warnMs: warnOf(book.calendar, facts, ladder),
  };
}

/** An acknowledgement holds for its round: what was acknowledged before the limit is told again when it is passed. */
function silent(clock: ClockRow, step: DueStep): boolean {
  if (clock.ackedMs === null) return false;
  return !step.late || clock.deadlineMs === null || clock.ackedMs >= clock.deadlineMs;
}

function dueOf(clock: ClockRow, steps: readonly DueStep[]): number | null {
  if (clock.stoppedMs !== null) return null;
  const pause = standing(clock);
  if (pause) return pause.untilMs ?? null;
  const next = steps.find((s) => !clock.done.includes(s.key) && !silent(clock, s))?.atMs ?? null;
  const repeat = clock.ackedMs === null ? clock.repeatMs : null;
  if (next === null || repeat === null) return next ?? repeat;
  return Math.min(next, repeat);
}

/** The next level that is to come, while nobody acknowledged. */
export function upcoming(book: ClockBook, clock: ClockRow, severity: Severity): DueStep | null {
  const facts = governing(book, clock);
  if (facts === null || clock.stoppedMs !== null || standing(clock)) return null;
  const steps = stepsOf(book.calendar, facts, book.ladderOf(clock.phase, severity));
  return steps.find((s) => !clock.done.includes(s.key) && !silent(clock, s)) ?? null;
}

export interface Taken {
  readonly clock: ClockRow;
  /** In order; of several reminders only the latest is news. */
  readonly steps: readonly DueStep[];
}

/** Takes what is due of a settled, running clock. */
export function takeDue(book: ClockBook, settled: ClockRow, severity: Severity, nowMs: number): Taken {
  const facts = governing(book, settled);
  if (facts === null || settled.stoppedMs !== null || standing(settled)) return { clock: settled, steps: [] };
  const steps = stepsOf(book.calendar, facts, book.ladderOf(settled.phase, severity));
  const due = steps.filter((s) => !settled.done.includes(s.key) && s.atMs !== null && s.atMs <= nowMs);
  const loud = due.filter((s) => !silent(settled, s));
  let clock: ClockRow = { ...settled, done: [...settled.done, ...due.map((s) => s.key)] };
  if (loud.some((s) => s.late)) clock = { ...clock, ackedMs: null, ackedBy: null };
  let taken = loud.filter((s) => s.step.act !== 'remind' || s === loud.findLast((each) => each.step.act === 'remind'));
  const repeated = steps.find((s) => s.key === clock.repeating);
  if (taken.length === 0 && clock.ackedMs === null && clock.repeatMs !== null && clock.repeatMs <= nowMs && repeated) {
    // Whatever it did the first time, again it is a reminder.
    taken = [{ ...repeated, step: { ...repeated.step, act: 'remind' } }];
  }
  // The ladder has no such step any more.
  else if (taken.length === 0 && !repeated) clock = { ...clock, repeating: null, repeatMs: null };
  const again = loud.findLast((s) => s.step.repeatMin !== null) ?? repeated;
  if (taken.length > 0) {
    const repeatMin = again?.step.repeatMin ?? null;
    clock = {
      ...clock,
      toldMs: nowMs,
      reminders: clock.reminders + 1,
      repeating: repeatMin === null ? null : (again?.key ?? null),
      repeatMs: repeatMin === null ? null : addOwnTime(book.calendar, facts.rule, nowMs, repeatMin * minuteMs),
    };
  }
  return { clock: { ...clock, dueMs: dueOf(clock, steps) }, steps: taken };
}
