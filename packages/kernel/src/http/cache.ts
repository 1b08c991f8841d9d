/**
 * Answers shared by all who see the same: a thousand open lists ask once, not a thousand times. An
 * entry dies with the first live event of its types (in a storm: with the round that tells browsers of
 * it, so that whoever was told always gets what he was told of); equal questions under way are asked once.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { LiveBus } from '../live/bus.ts';
import type { Rounds } from '../live/rounds.ts';

const gzipAsync = promisify(gzip);
export interface CachedAnswer {
  readonly body: Buffer;
  readonly etag: string;
  /** Made on first demand. */
  zipped: Promise<Buffer> | null;
}
interface Entry {
  readonly types: readonly string[];
  readonly answer: Promise<CachedAnswer>;
  readonly startedMs: number;
}
const maxEntries = 2000;
/** Deadlines pass without an event, so no answer lives longer than this. */
const maxAgeMs = 15_000;

export class AnswerCache {
  readonly #entries = new Map<string, Entry>();
  /** Session → when it last changed something. */
  readonly #writes = new Map<string, number>();
  readonly #stops: (() => void)[];

  constructor(live: LiveBus, rounds: Rounds) {
    const unlessStormy = (types: ReadonlySet<string>): void => {
      if (!rounds.stormy) this.#forget(types);
    };
    this.#stops = [
      // What this process commits is known before anybody can ask again; the rest is heard moments later.
      live.onCommit(unlessStormy),
      live.subscribe((events) => unlessStormy(new Set(events.map((e) => e.type)))),
    ];
    rounds.onRound((events) => this.#forget(new Set(events.map((e) => e.type))));
  }
  /** Who changed something sees it in the next answer, whatever others are served. */
  wrote(session: string): void {
    const now = performance.now();
    this.#writes.set(session, now);
    if (this.#writes.size > maxEntries) {
      for (const [who, at] of this.#writes) if (now - at > maxAgeMs) this.#writes.delete(who);
    }
  }
  async get(
    key: string,
    types: readonly string[],
    session: string,
    make: () => Promise<string>,
  ): Promise<CachedAnswer> {
    const now = performance.now();
    const found = this.#entries.get(key);
    const notBefore = Math.max(now - maxAgeMs, this.#writes.get(session) ?? Number.NEGATIVE_INFINITY);
    if (found && found.startedMs > notBefore) return found.answer;
    if (this.#entries.size >= maxEntries) this.#entries.delete(this.#entries.keys().next().value ?? key);
    const answer = make().then((text) => {
      const body = Buffer.from(text);
      return { body, etag: `"${createHash('sha1').update(body).digest('base64url')}"`, zipped: null };
    });
    const entry: Entry = { types, answer, startedMs: now };
    this.#entries.set(key, entry);
    answer.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    });
    return answer;
  }
  zipped(answer: CachedAnswer): Promise<Buffer> {
    answer.zipped ??= gzipAsync(answer.body, { level: 5 });
    return answer.zipped;
  }
  close(): void {
    for (const stop of this.#stops) stop();
  }
  #forget(types: ReadonlySet<string>): void {
    for (const [key, entry] of this.#entries) if (entry.types.some((t) => types.has(t))) this.#entries.delete(key);
  }
}
