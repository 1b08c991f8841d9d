/** Who asks, and did one of our own pages send it? Runs before every route. */
import { AppError } from '@wangge/contract-kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '../access/actor.ts';
import { anonymousActor } from '../access/actor.ts';
import type { Runtime } from '../runtime.ts';

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor;
  }
  interface FastifyContextConfig {
    access?: 'public' | 'session' | { readonly permission: string };
    /** Wire formats with their own keys (Open311) carry no cookie, so nobody can forge them. */
    csrf?: 'off';
  }
}

/**
 * A form or script of another site must not act with a person's cookies: the browser's own word
 * (`Sec-Fetch-Site`, `Origin`) is checked, and `/api` also asks for a header that a form cannot send.
 */
export function checkSameOrigin(rt: Runtime, request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new AppError('csrf-failed');
  const origin = request.headers.origin;
  if (origin === undefined || origin === 'null') {
    if (origin === 'null') throw new AppError('csrf-failed');
    return;
  }
  let host: string;
  try {
    host = new URL(origin).host;
  } catch {
    throw new AppError('csrf-failed');
  }
  if (host !== request.host && host !== new URL(rt.config.publicUrl).host) throw new AppError('csrf-failed');
}

export function registerGuard(app: FastifyInstance, rt: Runtime): void {
  app.decorateRequest('actor', null as unknown as Actor);
  app.addHook('onRequest', async (request) => {
    request.actor = anonymousActor;
    const actor = await rt.registry.authenticate(rt, request.cookies, request.ip);
    request.actor = actor ?? { ...anonymousActor, address: request.ip };
    const config = request.routeOptions.config;
    if (['GET', 'HEAD', 'OPTIONS'].includes(request.method) || config.csrf === 'off') {
      if (config.access === 'session' && request.actor.kind !== 'account') throw new AppError('unauthenticated');
      return;
    }
    checkSameOrigin(rt, request);
    if (request.url.startsWith('/api/') && request.headers['x-wangge'] !== '1') throw new AppError('csrf-failed');
    if (config.access === 'session' && request.actor.kind !== 'account') throw new AppError('unauthenticated');
  });
}
