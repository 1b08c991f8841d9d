/**
 * Answers shared by all who see the same: a thousand open lists ask once, not a thousand times. An
 * entry dies with the first live event of its types; equal questions under way are asked once.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { LiveBus } from '../live/bus.ts';

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
  readonly untilMs: number;
}
const maxEntries = 2000;
/** Deadlines pass without an event, so no answer lives longer than this. */
const maxAgeMs = 15_000;

export class AnswerCache {
  readonly #entries = new Map<string, Entry>();
  readonly #unsubscribe: () => void;

  constructor(live: LiveBus) {
    this.#unsubscribe = live.subscribe((events) => {
      const types = new Set(events.map((e) => e.type));
      for (const [key, entry] of this.#entries) if (entry.types.some((t) => types.has(t))) this.#entries.delete(key);
    });
  }
  async get(key: string, types: readonly string[], make: () => Promise<string>): Promise<CachedAnswer> {
    const nowMs = Date.now();
    const found = this.#entries.get(key);
    if (found && found.untilMs > nowMs) return found.answer;
    if (this.#entries.size >= maxEntries) this.#entries.delete(this.#entries.keys().next().value ?? key);
    const answer = make().then((text) => {
      const body = Buffer.from(text);
      return { body, etag: `"${createHash('sha1').update(body).digest('base64url')}"`, zipped: null };
    });
    const entry: Entry = { types, answer, untilMs: nowMs + maxAgeMs };
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
    this.#unsubscribe();
  }
}
