/** A module that signs people in by a cookie alone, for tests of the kernel without the staff module. */
import type { Actor } from '../../src/index.ts';
import { defineModule, type Module } from '../../src/index.ts';

export interface SignedIn {
  readonly module: Module;
  /** Headers of a request by this actor. */
  as(actor: Actor): Record<string, string>;
  /** Ends the sessions of an actor. */
  revoke(actor: Actor): void;
}

export function signedIn(): SignedIn {
  const sessions = new Map<string, Actor>();
  return {
    module: defineModule({
      name: 'probe-sessions',
      authenticate: (_rt, cookies) => Promise.resolve(sessions.get(cookies['wangge_session'] ?? '') ?? null),
    }),
    as(actor) {
      const token = actor.id ?? actor.name;
      sessions.set(token, actor);
      return { cookie: `wangge_session=${token}`, 'x-wangge': '1' };
    },
    revoke(actor) {
      sessions.delete(actor.id ?? actor.name);
    },
  };
}
