import type { PointState, Round, RoundPoint } from '@wangge/patrols/contract';

/** What was kept of an earlier day is no help. */
const shownAfterMs = 12 * 3_600_000;

/** Of today, so far as a phone without signal can tell. */
export function isShown(round: Round, nowMs: number): boolean {
  return nowMs - round.endsAtMs < shownAfterMs;
}

/** The server's word may be hours old: time goes on without it. */
export function stateNow(point: RoundPoint, round: Round, nowMs: number): PointState {
  return point.state === 'waiting' && nowMs > round.endsAtMs ? 'missed' : point.state;
}

export function isOpen(round: Round, nowMs: number): boolean {
  return (round.state === 'open' || round.state === 'upcoming') && nowMs >= round.startsAtMs && nowMs <= round.endsAtMs;
}
