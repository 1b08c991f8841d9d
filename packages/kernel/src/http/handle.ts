/** Binds a contract's route to its use case. */
import type { RouteInput, RouteOutput, RouteShape } from '@wangge/contract-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../access/actor.ts';
import type { Tx } from '../db/tx.ts';
import type { Runtime } from '../runtime.ts';

export interface Call<R extends RouteShape = RouteShape> extends RouteInput<R> {
  readonly rt: Runtime;
  readonly actor: Actor;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** One transaction under the caller's scope. */
  tx<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
}

export interface Handler {
  readonly route: RouteShape;
  readonly run: (call: Call) => Promise<unknown>;
}

/** @example handle(getIncident, (c) => c.tx((tx) => readIncident(tx, c.params.id))) */
export function handle<R extends RouteShape>(route: R, run: (call: Call<R>) => Promise<RouteOutput<R>>): Handler {
  return { route, run: run as unknown as Handler['run'] };
}
