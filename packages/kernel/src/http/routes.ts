/** Registers the typed routes: parse, authorise, run, serialise. */
import { AppError, type RouteShape } from '@wangge/contract-kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../access/actor.ts';
import { scopeKey } from '../access/actor.ts';
import type { Runtime } from '../runtime.ts';
import type { Rounds } from '../live/rounds.ts';
import { AnswerCache } from './cache.ts';
import { invalidField } from './errors.ts';
import type { Call, Handler } from './handle.ts';
import { responseSchema } from './json-schema.ts';

function parse(schema: RouteShape['body'], value: unknown): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (!result.success) throw invalidField(result.error);
  return result.data;
}

/** Right before anything is parsed: a stranger learns nothing from our checks of fields. */
function checkAccess(rt: Runtime, route: RouteShape, actor: Actor): void {
  if (route.access === 'public') return;
  if (actor.kind !== 'account') throw new AppError('unauthenticated');
  if (typeof route.access === 'object') rt.authorise(actor, route.access.permission);
}

export function registerRoutes(app: FastifyInstance, rt: Runtime, rounds: Rounds, handlers: readonly Handler[]): void {
  const cache = new AnswerCache(rt.live, rounds);
  app.addHook('onClose', () => cache.close());
  // Before the answer leaves: the next question may be here before the answer is known to have arrived.
  app.addHook('onSend', (request, _reply, payload, done) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') cache.wrote(sessionOf(request));
    done(null, payload);
  });
  for (const { route, run } of handlers) {
    const answer = (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      const call = {
        rt,
        request,
        reply,
        actor: request.actor,
        params: parse(route.params, request.params),
        query: parse(route.query, request.query),
        body: parse(route.body, request.body),
        tx: (fn: Parameters<Runtime['tx']>[1]) => rt.tx(request.actor, fn),
      };
      return run(call as unknown as Call);
    };
    app.route({
      method: route.method,
      url: route.path,
      ...(route.file === undefined
        ? { schema: { response: { 200: responseSchema(route.response) } } }
        : // It packs itself where that is worth it, and is not made to be thrown away.
          { compress: false as const, exposeHeadRoute: false }),
      ...(route.bodyLimitBytes === undefined ? {} : { bodyLimit: route.bodyLimitBytes }),
      config: {
        access: route.access,
        ...(rt.config.rateLimits && route.ratePerMinute !== undefined
          ? { rateLimit: { max: route.ratePerMinute, timeWindow: 60_000 } }
          : {}),
      },
      preValidation: (request) => {
        checkAccess(rt, route, request.actor);
        return Promise.resolve();
      },
      handler: async (request, reply) => {
        if (!route.cachedUntil) return answer(request, reply);
        const key = `${scopeKey(request.actor)} ${personal(request) ? (request.actor.id ?? '') : ''} ${request.url}`;
        const cached = await cache.get(
          key,
          route.cachedUntil,
          sessionOf(request),
          async () => reply.serialize(await answer(request, reply)) as string,
        );
        reply
          .header('etag', cached.etag)
          .header('cache-control', 'private, no-cache')
          .header('vary', 'accept-encoding, cookie');
        if (request.headers['if-none-match'] === cached.etag) return (reply as FastifyReply).code(304).send();
        reply.type('application/json; charset=utf-8');
        if (cached.body.length > 1400 && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
          return reply.header('content-encoding', 'gzip').send(await cache.zipped(cached));
        }
        return reply.send(cached.body);
      },
    });
  }
}

function sessionOf(request: FastifyRequest): string {
  // A request that failed before it was known who asks has nobody.
  const actor = request.actor as Actor | null;
  return actor?.sessionId ?? actor?.id ?? '';
}

/** `mine=1` means another thing for each person, whatever the scope. */
function personal(request: FastifyRequest): boolean {
  return /[?&]mine=/.test(request.url);
}
