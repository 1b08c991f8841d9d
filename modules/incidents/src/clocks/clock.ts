/**
 * One clock as data: when it started, which limit applied, when it stood, by how much it was extended. Its
 * deadline and every level before and after it follow from these and the calendar alone. Pure.
 */
import type { WorkingCalendar } from './calendar.ts';

export const minuteMs = 60_000;

/** How long, and in which time: round the clock, or while people work. */
export interface ClockRule {
  readonly minutes: number;
  readonly mode: 'calendar' | 'working';
}
export interface Pause {
  readonly fromMs: number;
  /** Null while it stands. */
  readonly toMs: number | null;
  /** Where it ends by itself. */
  readonly untilMs?: number | null;
  readonly why: 'reporter' | 'suspension' | 'responded' | 'county';
  readonly orderId?: string | null;
}
export interface Extension {
  /** In the clock's own time. */
  readonly ms: number;
  readonly atMs: number;
  readonly askedBy: string;
  readonly approvedBy: string;
  readonly reason: string;
}
export interface ClockFacts {
  readonly startMs: number;
  readonly rule: ClockRule;
  readonly pauses: readonly Pause[];
  readonly extensions: readonly Extension[];
}

/** The clock's own time between two moments, without regard to pauses. */
export function ownTime(calendar: WorkingCalendar, rule: ClockRule, fromMs: number, toMs: number): number {
  return rule.mode === 'working' ? calendar.between(fromMs, toMs) : Math.max(0, toMs - fromMs);
}
/** The moment at which so much of its own time has passed, without regard to pauses. */
export function addOwnTime(calendar: WorkingCalendar, rule: ClockRule, fromMs: number, ms: number): number {
  return rule.mode === 'working' ? calendar.add(fromMs, ms) : fromMs + Math.max(0, ms);
}

/** All that it may take, in its own time. */
export function allowedMs(clock: ClockFacts): number {
  return clock.rule.minutes * minuteMs + clock.extensions.reduce((sum, e) => sum + e.ms, 0);
}

/** Pauses in order, without overlaps. */
function merged(pauses: readonly Pause[]): { fromMs: number; toMs: number | null }[] {
  const list: { fromMs: number; toMs: number | null }[] = [];
  for (const { fromMs, toMs } of pauses.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = list.at(-1);
    if (last && (last.toMs === null || fromMs <= last.toMs)) {
      if (last.toMs !== null) last.toMs = toMs === null ? null : Math.max(last.toMs, toMs);
    } else list.push({ fromMs, toMs });
  }
  return list;
}

/**
 * When the clock will have run for so long. A pause that began later changes nothing; null while a pause
 * stands before it.
 */
export function momentAt(calendar: WorkingCalendar, clock: ClockFacts, runMs: number): number | null {
  let at = clock.startMs;
  let left = runMs;
  for (const pause of merged(clock.pauses)) {
    const from = Math.max(pause.fromMs, at);
    const run = ownTime(calendar, clock.rule, at, from);
    if (run >= left) break;
    left -= run;
    if (pause.toMs === null) return null;
    at = Math.max(pause.toMs, at);
  }
  return addOwnTime(calendar, clock.rule, at, left);
}

export function deadlineOf(calendar: WorkingCalendar, clock: ClockFacts): number | null {
  return momentAt(calendar, clock, allowedMs(clock));
}

/** How long it ran up to a moment, in its own time. */
export function ranMs(calendar: WorkingCalendar, clock: ClockFacts, nowMs: number): number {
  let at = clock.startMs;
  let run = 0;
  for (const pause of merged(clock.pauses)) {
    if (pause.fromMs >= nowMs) break;
    run += ownTime(calendar, clock.rule, at, Math.max(pause.fromMs, at));
    if (pause.toMs === null || pause.toMs >= nowMs) return run;
    at = Math.max(pause.toMs, at);
  }
  return run + ownTime(calendar, clock.rule, at, nowMs);
}

/** The pause that stands, if one does. */
export function standing(clock: { readonly pauses: readonly Pause[] }): Pause | undefined {
  return clock.pauses.find((pause) => pause.toMs === null);
}
