import { metresBetween } from './metres-between.ts';
import type { Fix } from './position.ts';

/** Never oftener than this, however fast one moves. */
export const leastMs = 30_000;
/** Moves below this are jitter of the receiver. */
export const leastM = 20;
/** Somebody who stands still is told of this often, so that the position does not look lost. */
export const standingMs = 240_000;

/** Whether a fix is worth sending after the one sent last. `nowMs` is the phone's clock. */
export function isWorthSharing(last: { fix: Fix; sentAtMs: number } | null, next: Fix, nowMs: number): boolean {
  if (last === null) return true;
  const sinceMs = nowMs - last.sentAtMs;
  // A clock set back must not silence the phone for hours.
  if (sinceMs < 0) return true;
  if (sinceMs < leastMs) return false;
  return sinceMs >= standingMs || metresBetween(last.fix.place, next.place) >= leastM;
}
