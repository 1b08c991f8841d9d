/** All open streams of this process: what goes to whom, and who may stay. */
import type { ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { type Actor, scopeKey } from '../access/actor.ts';
import type { LiveEvent } from './bus.ts';
import { mayHear } from './may-hear.ts';
import type { Rounds } from './rounds.ts';

interface Stream {
  actor: Actor;
  key: string;
  checkAtMs: number;
  readonly out: ServerResponse;
  readonly recheck: () => Promise<Actor | null>;
}

const heartbeatMs = 15_000;
/** A client that does not read is cut off rather than kept in memory; it comes back and resets. */
const maxBufferedBytes = 1024 * 1024;

/** One SSE text for the events; equal for all who may hear the same. */
export function encodeEvents(events: readonly LiveEvent[]): string {
  let text = '';
  for (const e of events) {
    text += `id: ${e.seq}\ndata: ${JSON.stringify({ type: e.type, id: e.subjectId, areaPath: e.areaPath })}\n\n`;
  }
  return text;
}

export class Streams {
  readonly #open = new Set<Stream>();
  readonly #recheckMs: number;
  readonly #log: Logger;
  readonly #cursor: () => number;
  readonly #rounds: Rounds;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #checker: NodeJS.Timeout;

  /** @param options.recheckMs how long a session may have ended before its stream does, at most */
  constructor(rounds: Rounds, options: { recheckMs: number; log: Logger; cursor: () => number }) {
    this.#rounds = rounds;
    rounds.onRound((events) => this.#send(events));
    this.#recheckMs = options.recheckMs;
    this.#log = options.log;
    this.#cursor = options.cursor;
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs);
    this.#heartbeat.unref();
    this.#checker = setInterval(() => this.#checkSome(), Math.min(1000, options.recheckMs / 4));
    this.#checker.unref();
  }
  get size(): number {
    return this.#open.size;
  }

  add(actor: Actor, out: ServerResponse, recheck: () => Promise<Actor | null>): void {
    const stream: Stream = { actor, key: scopeKey(actor), out, recheck, checkAtMs: this.#nextCheckMs() };
    this.#open.add(stream);
    const gone = (): void => {
      this.#open.delete(stream);
    };
    out.on('close', gone);
    out.on('error', gone);
  }

  close(): void {
    clearInterval(this.#heartbeat);
    clearInterval(this.#checker);
    for (const { out } of this.#open) out.end();
  }

  #send(events: readonly LiveEvent[]): void {
    // One decision and one text for all who share a scope.
    const texts = new Map<string, Buffer>();
    for (const stream of this.#open) {
      let text = texts.get(stream.key);
      if (text === undefined) {
        text = Buffer.from(encodeEvents(events.filter((e) => mayHear(stream.actor, e))));
        texts.set(stream.key, text);
      }
      if (text.length > 0) send(stream, text);
    }
  }

  /**
   * Shows that the line lives, and moves the client's `Last-Event-ID` on: in a quiet grid it would fall
   * so far behind the town that coming back would mean loading everything.
   */
  #beat(): void {
    // What waits for its round has numbers up to the cursor: it must be on its way before.
    this.#rounds.flush();
    const text = Buffer.from(`event: beat\nid: ${this.#cursor()}\ndata: {}\n\n`);
    for (const stream of this.#open) send(stream, text);
  }

  #nextCheckMs(): number {
    // Spread, so that a thousand browsers that came back together do not ask together for ever.
    return Date.now() + this.#recheckMs * (0.6 + Math.random() * 0.3);
  }

  #checkSome(): void {
    const now = Date.now();
    for (const stream of this.#open) {
      if (stream.checkAtMs > now) continue;
      stream.checkAtMs = this.#nextCheckMs();
      void this.#check(stream);
    }
  }

  async #check(stream: Stream): Promise<void> {
    try {
      const actor = await stream.recheck();
      if (actor === null || actor.kind !== 'account') {
        // The client comes back, is answered 401, and shows that it was signed out.
        stream.out.end();
        this.#open.delete(stream);
        return;
      }
      // Posts may have come or gone: what is heard from now on follows them.
      stream.actor = actor;
      stream.key = scopeKey(actor);
    } catch (error) {
      // The database is away, so nothing new is heard either; the next check decides.
      this.#log.warn({ err: String(error) }, 'live: could not check a session');
    }
  }
}

function send(stream: Stream, text: Buffer): void {
  if (stream.out.writableLength > maxBufferedBytes) stream.out.destroy();
  else stream.out.write(text);
}
