/** Who may turn a camera while somebody else does. */
import type { Actor } from '@wangge/kernel';

/** A camera is let go so long after the last command. */
export const leaseMs = 10_000;

const ranks: Readonly<Record<string, number>> = { leader: 3, dispatcher: 3, police: 2, 'grid-head': 1 };

/** The highest post that somebody has over a camera's area; 0 for none that turns cameras. */
export function rankOver(actor: Actor, areaPath: string): number {
  if (actor.kind === 'system') return 4;
  const here = actor.posts.filter((post) => areaPath.startsWith(post.areaPath));
  return Math.max(0, ...here.map((post) => ranks[post.role] ?? 0));
}

export interface Lease {
  readonly accountId: string;
  readonly accountName: string;
  readonly rank: number;
  readonly untilMs: number;
}

/** The own one, one that ran out, or a lower post's. Equal ones wait. */
export function mayTake(
  held: Lease | null,
  by: { readonly accountId: string; readonly rank: number },
  nowMs: number,
): boolean {
  return held === null || held.untilMs <= nowMs || held.accountId === by.accountId || held.rank < by.rank;
}
