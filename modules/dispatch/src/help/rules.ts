/** Whom a call for help goes to, and how often one may call. Pure. */
import { type DeskMember, deskFor } from '../ruling/desk.ts';

/** So many calls in so long; a key that sticks must not ring a town down. */
export const callsAtMost = 5;
export const callsWithinMs = 10 * 60_000;

/**
 * Heads of the grid, away or not only where none is here, and the desk: its dispatchers on duty, else all with
 * the leaders. Never who calls.
 *
 * @param path of where it is
 */
export function helpersFor(members: readonly DeskMember[], path: string, callerId: string): DeskMember[] {
  const others = members.filter((m) => m.accountId !== callerId);
  const heads = others.filter((m) => m.role === 'grid-head' && path.startsWith(m.areaPath));
  const here = heads.filter((m) => !m.onLeave);
  const people = [...(here.length > 0 ? here : heads), ...deskFor(others, path, null)];
  return [...new Map(people.map((m) => [m.accountId, m])).values()];
}

/**
 * Seconds until one may call again; 0: now.
 *
 * @param calls when the own recent ones arrived
 */
export function waitS(calls: readonly number[], nowMs: number): number {
  const recent = calls.filter((ms) => nowMs - ms < callsWithinMs).toSorted((a, b) => b - a);
  const oldest = recent[callsAtMost - 1];
  return oldest === undefined ? 0 : Math.ceil((oldest + callsWithinMs - nowMs) / 1000);
}
