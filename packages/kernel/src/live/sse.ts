/** `GET /api/live`: Server-Sent Events, one stream per browser, filtered by the recipient's full right. */
import { AppError } from '@wangge/contract-kit';
import type { FastifyInstance } from 'fastify';
import type { Runtime } from '../runtime.ts';
import { mayHear } from './may-hear.ts';
import type { Rounds } from './rounds.ts';
import { encodeEvents, Streams } from './streams.ts';

/** With the ten seconds for which a session may be remembered, well within a minute. */
const defaultRecheckMs = 45_000;
/** Streams of one process; each costs some 50 kB. */
const maxStreams = 5000;

export function registerLive(
  app: FastifyInstance,
  rt: Runtime,
  rounds: Rounds,
  recheckMs: number = defaultRecheckMs,
): void {
  const streams = new Streams(rounds, { recheckMs, log: rt.log, cursor: () => rt.live.cursor });

  app.get('/api/live', { exposeHeadRoute: false, config: { access: 'session' } }, (request, reply) => {
    if (streams.size >= maxStreams) throw new AppError('unavailable', { details: { retryAfterS: 10 } });
    const { actor, cookies, ip } = request;
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    const hello = `retry: 500\nevent: hello\ndata: ${JSON.stringify({ serverTimeMs: rt.clock.nowMs() })}\n\n`;
    const lastId = request.headers['last-event-id'];
    const here = `id: ${rt.live.cursor}\n`;
    if (typeof lastId !== 'string' || !/^\d{1,15}$/.test(lastId)) {
      reply.raw.write(`${hello}${here}event: ready\ndata: {}\n\n`);
    } else {
      const missed = rt.live.since(Number(lastId));
      reply.raw.write(
        hello +
          (missed === null
            ? `${here}event: reset\ndata: {}\n\n`
            : `${encodeEvents(missed.filter((e) => mayHear(actor, e)))}${here}event: ready\ndata: {}\n\n`),
      );
    }
    streams.add(actor, reply.raw, () => rt.registry.authenticate(rt, cookies, ip, { passive: true }));
  });
  app.addHook('preClose', () => {
    streams.close();
    return Promise.resolve();
  });
}
