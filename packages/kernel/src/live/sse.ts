/** `GET /api/live`: Server-Sent Events, one stream per browser, filtered by the recipient's full right. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Actor } from '../access/actor.ts';
import { reachOf, scopeKey } from '../access/actor.ts';
import type { Runtime } from '../runtime.ts';
import type { LiveEvent } from './bus.ts';

/** May this actor hear of this event? The same test as row-level security, over what the event carries. */
export function mayHear(actor: Actor, event: LiveEvent): boolean {
  if (event.areaPath === '') return true;
  const reach = reachOf(actor);
  if (reach.system || reach.areaPaths.some((p) => event.areaPath.startsWith(p))) return true;
  if (reach.accountId !== null && event.accountIds.includes(reach.accountId)) return true;
  return reach.departmentIds.some((d) => event.departmentIds.includes(d));
}

interface Client {
  readonly actor: Actor;
  readonly key: string;
  readonly reply: FastifyReply;
}

/** A batch goes out at once when it was quiet, else at most this often: 20 changes a second are 4 writes. */
const batchMs = 250;
const heartbeatMs = 15_000;
/** Events kept for clients that come back with `Last-Event-ID`. */
const replayEvents = 2000;
/** A client that does not read is cut off rather than kept in memory; it comes back and resets. */
const maxBufferedBytes = 1024 * 1024;

function encode(events: readonly LiveEvent[]): string {
  let text = '';
  for (const e of events) {
    text += `id: ${e.seq}\ndata: ${JSON.stringify({ type: e.type, id: e.subjectId, areaPath: e.areaPath })}\n\n`;
  }
  return text;
}

export function registerLive(app: FastifyInstance, rt: Runtime): void {
  const clients = new Set<Client>();
  const recent: LiveEvent[] = [];
  let waiting: LiveEvent[] = [];
  let timer: NodeJS.Timeout | null = null;
  let lastFlushMs = 0;

  const flush = (): void => {
    timer = null;
    lastFlushMs = Date.now();
    const events = waiting;
    waiting = [];
    // One decision and one text for all who share a scope.
    const texts = new Map<string, string>();
    for (const client of clients) {
      let text = texts.get(client.key);
      if (text === undefined) {
        text = encode(events.filter((e) => mayHear(client.actor, e)));
        texts.set(client.key, text);
      }
      if (text !== '') send(client, text);
    }
  };
  const send = (client: Client, text: string): void => {
    if (client.reply.raw.writableLength > maxBufferedBytes) client.reply.raw.destroy();
    else client.reply.raw.write(text);
  };
  const unsubscribe = rt.live.subscribe((events) => {
    recent.push(...events);
    if (recent.length > replayEvents) recent.splice(0, recent.length - replayEvents);
    waiting.push(...events);
    timer ??= setTimeout(flush, Math.max(0, lastFlushMs + batchMs - Date.now()));
  });
  const heartbeat = setInterval(() => {
    for (const client of clients) send(client, ': \n\n');
  }, heartbeatMs);
  heartbeat.unref();

  app.get('/api/live', { config: { access: 'session' } }, (request, reply) => {
    const actor = request.actor;
    const lastId = Number(request.headers['last-event-id'] ?? Number.NaN);
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const client: Client = { actor, key: scopeKey(actor), reply };
    let hello = `retry: 500\nevent: hello\ndata: ${JSON.stringify({ nowMs: rt.clock.nowMs() })}\n\n`;
    if (Number.isFinite(lastId)) {
      const oldest = recent[0]?.seq ?? rt.live.cursor + 1;
      if (lastId + 1 >= oldest || lastId >= rt.live.cursor) {
        hello += encode(recent.filter((e) => e.seq > lastId && mayHear(actor, e)));
      } else {
        hello += `id: ${rt.live.cursor}\nevent: reset\ndata: {}\n\n`;
      }
    } else {
      hello += `id: ${rt.live.cursor}\nevent: ready\ndata: {}\n\n`;
    }
    reply.raw.write(hello);
    clients.add(client);
    reply.raw.on('close', () => clients.delete(client));
    reply.raw.on('error', () => clients.delete(client));
  });
  app.addHook('preClose', () => {
    unsubscribe();
    clearInterval(heartbeat);
    if (timer) clearTimeout(timer);
    for (const client of clients) client.reply.raw.end();
    return Promise.resolve();
  });
}
