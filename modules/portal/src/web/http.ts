/** The HTTP layer's types, as the kernel hands them out. */
import type { Call, Module, Runtime } from '@wangge/kernel';

export type App = Parameters<NonNullable<Module['plugin']>>[0];
export type Request = Call['request'];
export type Reply = Call['reply'];

/** Everybody may open it; at most so many times a minute from one address. */
export function publicPage(rt: Runtime, perMinute: number) {
  return {
    config: {
      access: 'public' as const,
      ...(rt.config.rateLimits ? { rateLimit: { max: perMinute, timeWindow: 60_000 } } : {}),
    },
  };
}

/** A page that may stay in the browser's memory for the way back, but in no cache on the way. */
export function sendPage(reply: Reply, html: string, status = 200): Reply {
  void reply.code(status).header('cache-control', 'private, no-cache');
  return reply.type('text/html; charset=utf-8').send(html) as Reply;
}
/** A page that shows what is not for the next user of the phone. */
export function sendPrivatePage(reply: Reply, html: string, status = 200): Reply {
  void reply.code(status).header('cache-control', 'no-store');
  return reply.type('text/html; charset=utf-8').send(html) as Reply;
}
/** After a form: the browser asks for the page with GET, so that reloading sends nothing again. */
export function seeOther(reply: Reply, path: string): Reply {
  return reply.header('cache-control', 'no-store').redirect(path, 303) as Reply;
}

/** Who acts when a resident does; what they may do is decided by tokens and codes, not by posts. */
export function residentActor(request: Request) {
  return { kind: 'resident' as const, id: null, name: '居民', posts: [], address: request.ip };
}
