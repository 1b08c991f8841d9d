/** Who moves, when and why: what every part of a move needs. */
import { type Actor, systemActor, type Tx } from '@wangge/kernel';
import type { Cause } from '../hooks.ts';
import type { MoveFacts } from './move-facts.ts';

export interface Moving {
  readonly actor: Actor;
  /** Shown in the timeline. */
  readonly name: string;
  readonly atMs: number;
  readonly quiet: boolean;
  readonly reason: string | null;
}

const nameOf = (actor: Actor): string => {
  switch (actor.kind) {
    case 'account':
      return actor.name;
    case 'system':
      return '系统';
    case 'client':
      return actor.name;
    case 'resident':
    case 'anonymous':
      return '居民';
  }
};

export function movingBy(tx: Tx, facts: MoveFacts, reason: string | null | undefined, asSystem = false): Moving {
  const actor = asSystem ? systemActor('incidents') : (facts.by ?? tx.actor);
  const resident = facts.hats !== undefined && actor.kind !== 'account';
  return {
    actor,
    // What the platform does is not put down to the person who caused it.
    name: asSystem ? '系统' : (facts.actorName ?? (resident ? '居民' : nameOf(actor))),
    atMs: facts.atMs ?? tx.nowMs,
    quiet: facts.quiet ?? false,
    reason: reason ?? null,
  };
}
export function causeOf(moving: Moving): Cause {
  return { actor: moving.actor, atMs: moving.atMs, quiet: moving.quiet };
}
