/** Rules of patrols: which days, what a point and a round are at a moment, what counts as being there. Pure. */
import { distanceM } from '@wangge/geo';
import { type CheckInHow, type PatrolDays, type PointState, type RoundState, worstAccuracyM } from './contract.ts';

/** Posts whose holders walk; of these the members walk where a route names nobody. */
export const walkerRoles = ['grid-head', 'grid-member', 'micro-grid-member', 'village-cadre'] as const;
export const memberRoles: readonly string[] = ['grid-member', 'micro-grid-member'];

/** @param day `YYYY-MM-DD` of the town  @param working whether the town's calendar works on it */
export function isDue(days: PatrolDays, day: string, working: boolean): boolean {
  if (days.kind === 'working') return working;
  return days.weekdays.includes(((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1);
}

/** Whether a window passes midnight. */
export function isOvernight({ fromMin, toMin }: { readonly fromMin: number; readonly toMin: number }): boolean {
  return toMin < fromMin;
}

export interface RoundFacts {
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly calledOffMs: number | null;
}
interface PointFacts {
  readonly doneAtMs: number | null;
}

/** The last millisecond of the time is in time. */
export function pointStateOf(point: PointFacts, round: RoundFacts, nowMs: number): PointState {
  if (point.doneAtMs !== null) return 'done';
  if (round.calledOffMs !== null) return 'called-off';
  return nowMs > round.endsAtMs ? 'missed' : 'waiting';
}

export function roundStateOf(round: RoundFacts, points: readonly PointFacts[], nowMs: number): RoundState {
  if (points.every((p) => p.doneAtMs !== null)) return 'complete';
  if (round.calledOffMs !== null) return 'called-off';
  if (nowMs > round.endsAtMs) return 'missed';
  return nowMs < round.startsAtMs ? 'upcoming' : 'open';
}

/** @param doneAt in the order of the route  @returns for each point whether one before it was done later */
export function outOfOrder(doneAt: readonly (number | null)[]): boolean[] {
  let latest = Number.NEGATIVE_INFINITY;
  return doneAt.map((at) => {
    if (at === null) return false;
    const late = at < latest;
    latest = Math.max(latest, at);
    return late;
  });
}

/** Whole metres. */
export function awayFrom(
  point: { readonly lon: number; readonly lat: number },
  own: { readonly lon: number; readonly lat: number },
): number {
  return Math.round(distanceM([own.lon, own.lat], [point.lon, point.lat]));
}

export type CheckInGuard = 'not-done-yet' | 'called-off' | 'own-time' | 'accurate-enough' | 'near-enough';
export interface CheckInFacts extends RoundFacts {
  readonly how: CheckInHow;
  readonly done: boolean;
  /** When it was done, by the server's clock. */
  readonly atMs: number;
  readonly accuracyM: number | null;
  readonly awayM: number | null;
  readonly radiusM: number;
}

/** What stands against it; null when nothing does. A photo stands for a position, not for the time. */
export function checkInProblem(f: CheckInFacts): CheckInGuard | null {
  if (f.done) return 'not-done-yet';
  // Out of reach, somebody may have been there before it was called off and be heard of after.
  if (f.calledOffMs !== null && f.atMs > f.calledOffMs) return 'called-off';
  if (f.atMs < f.startsAtMs || f.atMs > f.endsAtMs) return 'own-time';
  if (f.how === 'photo') return null;
  if (f.accuracyM === null || f.accuracyM > worstAccuracyM) return 'accurate-enough';
  return f.awayM === null || f.awayM > f.radiusM ? 'near-enough' : null;
}
