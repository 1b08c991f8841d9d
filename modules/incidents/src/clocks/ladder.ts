/** Levels before and after a limit: when each is due, who is told, what happens. Pure. */
import type { WorkingCalendar } from './calendar.ts';
import { allowedMs, type ClockFacts, minuteMs, momentAt } from './clock.ts';
import type { LadderStep } from '../contract/clocks.ts';

/** Names a step by what it is, so that a changed ladder knows which of its steps were taken before. */
export function stepKey(step: LadderStep): string {
  const to = step.to === undefined ? '' : `:${step.to}`;
  return `${step.unit === 'percent' ? 'p' : 'm'}${step.at}:${step.act}${to}`;
}

/** How long the clock has run when the step is due. */
function runAt(step: LadderStep, clock: ClockFacts): number {
  const allowed = allowedMs(clock);
  return step.unit === 'percent' ? Math.round((allowed * step.at) / 100) : allowed + step.at * minuteMs;
}

export interface DueStep {
  readonly step: LadderStep;
  readonly key: string;
  /** Null while the clock stands before it. */
  readonly atMs: number | null;
  /** Before the limit, or with and after it. */
  readonly late: boolean;
}

/** All steps in the order of their times; those that lie before the clock's start do not exist for it. */
export function stepsOf(calendar: WorkingCalendar, clock: ClockFacts, ladder: readonly LadderStep[]): DueStep[] {
  const allowed = allowedMs(clock);
  return ladder
    .map((step) => ({ step, run: runAt(step, clock) }))
    .filter(({ run }) => run > 0)
    .toSorted((a, b) => a.run - b.run)
    .map(({ step, run }) => ({
      step,
      key: stepKey(step),
      atMs: momentAt(calendar, clock, run),
      late: run >= allowed,
    }));
}

/** From where on lists show a warning: the first step before the limit, else four fifths of it. */
export function warnOf(calendar: WorkingCalendar, clock: ClockFacts, ladder: readonly LadderStep[]): number | null {
  const first = stepsOf(calendar, clock, ladder)[0];
  if (first && !first.late) return first.atMs;
  return momentAt(calendar, clock, Math.round(allowedMs(clock) * 0.8));
}
