import type { CallError } from '@wangge/client';
import { chainOf, isHelp, isStuck, type OutboxItem, type OutboxProblem, type OutboxState } from './item.ts';

export interface Next {
  readonly item: OutboxItem | null;
  /** Phone's clock: when there is something to try again; null when nothing waits. */
  readonly wakeAtMs: number | null;
}

/**
 * What goes next: calls for help, then the oldest that may. What stands behind a refused one or a conflict of the same order
 * waits for the person; everything else goes on.
 */
export function nextToSend(items: readonly OutboxItem[], nowMs: number): Next {
  const held = new Set<string>();
  let wakeAtMs: number | null = null;
  for (const item of items.toSorted((a, b) => Number(isHelp(b)) - Number(isHelp(a)) || a.seq - b.seq)) {
    if (item.state === 'sent') continue;
    const chain = chainOf(item);
    const ready = item.notBeforeMs <= nowMs;
    if (item.state === 'waiting' && !held.has(chain)) {
      if (ready) return { item, wakeAtMs: nowMs };
      wakeAtMs = Math.min(wakeAtMs ?? Number.POSITIVE_INFINITY, item.notBeforeMs);
    }
    held.add(chain);
  }
  return { item: null, wakeAtMs };
}

/** Whether one waits for a person to decide about another. */
export function isHeld(items: readonly OutboxItem[], item: OutboxItem): boolean {
  return items.some((other) => other.seq < item.seq && isStuck(other) && chainOf(other) === chainOf(item));
}

/** Codes that say "the task is not what you saw". */
const staleCodes: readonly string[] = ['stale-edit', 'move-not-allowed', 'conflict'];
/** The server is there and cannot just now. */
const passingCodes: readonly string[] = ['rate-limited', 'unavailable', 'internal', 'disk-full'];
const longestPauseMs = 5 * 60_000;

export interface Failure {
  readonly state: OutboxState;
  readonly notBeforeMs: number;
  readonly problem: OutboxProblem;
  /** The link or the session is gone: nothing else goes either. */
  readonly stop: boolean;
  /** The server has swept the photos away: they are sent again. */
  readonly photosGone: boolean;
}

/** What becomes of one that failed. */
export function afterFailure(item: OutboxItem, error: CallError, nowMs: number): Failure {
  const problem = { code: error.code, text: error.text, field: error.field };
  const waiting = { state: 'waiting', notBeforeMs: 0, problem, stop: true, photosGone: false } as const;
  if (error.offline || error.code === 'unauthenticated') return waiting;
  if (error.field?.startsWith('photoIds') === true && error.code === 'not-found' && item.tries < 3) {
    return { ...waiting, stop: false, photosGone: true };
  }
  if (passingCodes.includes(error.code)) {
    const told = error.details['retryAfterS'];
    const pauseMs = typeof told === 'number' ? told * 1000 : Math.min(longestPauseMs, 2000 * 2 ** item.tries);
    return { ...waiting, notBeforeMs: nowMs + pauseMs, stop: false };
  }
  const isConflict = item.kind === 'move' && error.field?.startsWith('photoIds') !== true;
  const state = isConflict && staleCodes.includes(error.code) ? 'conflict' : 'refused';
  return { state, notBeforeMs: 0, problem, stop: false, photosGone: false };
}
