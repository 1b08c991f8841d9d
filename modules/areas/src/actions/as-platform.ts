import { type Actor, systemActor } from '@wangge/kernel';

/**
 * The platform acting at a person's word: borders move incidents and posts that the person may not
 * even see. The audit trail still names the person.
 */
export function asPlatform(actor: Actor): Actor {
  return actor.kind === 'system'
    ? actor
    : { ...actor, kind: 'system', name: actor.name || systemActor('areas').name, posts: [] };
}
