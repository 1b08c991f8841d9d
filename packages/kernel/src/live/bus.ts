/**
 * Follows the outbox and hands each live event to whoever listens in this process.
 *
 * A committing process pokes; the poke is a NOTIFY in a transaction of its own, since NOTIFY inside
 * the change's transaction takes a lock over the whole database until the commit's fsync is done. A
 * lost poke costs at most a second: every bus also looks by itself.
 */
import type pg from 'pg';
import type { Logger } from 'pino';
import { type Listener, listenTo } from './listener.ts';
import { ReplayBuffer } from './replay-buffer.ts';

export interface LiveEvent {
  /** Identity of the outbox row; grows, with gaps. */
  readonly seq: number;
  readonly type: string;
  readonly subjectId: string;
  readonly areaPath: string;
  readonly accountIds: readonly string[];
  readonly departmentIds: readonly string[];
  readonly payload: unknown;
}
type OutboxRow = LiveEvent & { readonly live: boolean };

const pollMs = 1000;
/** Commits within this many milliseconds share one poke … */
const pokeMs = 5;
/** … and in a rush pokes keep this distance: each costs every process a look, and browsers hear in rounds anyway. */
const rushMs = 100;
/** A number missing for so long belongs to a transaction that was rolled back. */
const gapPatienceMs = 60_000;
/** Gaps that are watched at once; a rolled back mass import must not be asked for row by row. */
const maxGaps = 2000;
const readRows = 2000;
/** Events kept for clients that come back with `Last-Event-ID`. */
const replayEvents = 2000;

const columns = `seq, live, type, subject_id as "subjectId", area_path as "areaPath", account_ids as "accountIds",
  department_ids as "departmentIds", case when live then payload end as payload`;

export class LiveBus {
  readonly #pool: pg.Pool;
  readonly #log: Logger;
  readonly #listener: Listener;
  readonly #listeners = new Set<(events: readonly LiveEvent[]) => void>();
  readonly #commitListeners = new Set<(types: ReadonlySet<string>) => void>();
  readonly #replay = new ReplayBuffer(replayEvents);
  #cursor = 0;
  /** Missing number → when it was first missed. */
  readonly #gaps = new Map<number, number>();
  #reading: Promise<void> | null = null;
  #again = false;
  #pokeTimer: NodeJS.Timeout | null = null;
  #newJobs = 0;
  #lastPokeMs = Number.NEGATIVE_INFINITY;
  #pollTimer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(pool: pg.Pool, log: Logger, url: string) {
    this.#pool = pool;
    this.#log = log;
    this.#listener = listenTo({
      url,
      channel: 'wangge_live',
      heard: () => this.#read(),
      lost: (error) => log.warn({ err: error.message }, 'live: not listening, will poll'),
    });
  }

  /** Highest number handed on so far; a client that saw it missed nothing. */
  get cursor(): number {
    return this.#cursor;
  }

  subscribe(listener: (events: readonly LiveEvent[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Told at once of the types of live events that this very process committed, before they are read back. */
  onCommit(listener: (types: ReadonlySet<string>) => void): () => void {
    this.#commitListeners.add(listener);
    return () => this.#commitListeners.delete(listener);
  }

  /** Events after that number, some before it perhaps; null: too long ago, look at everything anew. */
  since(lastSeq: number): readonly LiveEvent[] | null {
    return this.#replay.since(lastSeq);
  }

  /** Starts following from now on. Only processes that serve live clients or caches need it. */
  async follow(): Promise<void> {
    if (this.#pollTimer) return;
    await this.#startReplay();
    await this.#listener.ensure();
    this.#pollTimer = setInterval(() => {
      void this.#listener.ensure();
      this.#read();
    }, pollMs);
    this.#pollTimer.unref();
    this.#read();
  }

  /** Tells every process that there is something to read. Called after commit; coalesced. */
  poke(types: ReadonlySet<string>): void {
    for (const listener of this.#commitListeners) listener(types);
    // Heard back by this process too.
    this.#pokeSoon();
  }

  /** Wakes the runners for so many new jobs. A lost word costs them one round of asking by themselves (two seconds). */
  pokeJobs(count: number): void {
    this.#newJobs += count;
    this.#pokeSoon();
  }

  #pokeSoon(): void {
    if (this.#pokeTimer || this.#closed) return;
    const delayMs = Math.max(pokeMs, this.#lastPokeMs + rushMs - performance.now());
    this.#pokeTimer = setTimeout(() => {
      this.#pokeTimer = null;
      this.#lastPokeMs = performance.now();
      const count = this.#newJobs;
      this.#newJobs = 0;
      // Losing it is harmless, see above.
      this.#pool
        .query({
          name: 'live-poke',
          text: `select pg_notify('wangge_live', ''), case when $1::int > 0 then pg_notify('jobs:insert', '{"count":' || $1::int || '}') end`,
          values: [count],
        })
        .catch(() => undefined);
    }, delayMs);
  }

  /** Fills the replay with what the outbox holds, so that a restart of this process loses nobody. */
  async #startReplay(): Promise<void> {
    const result = await this.#pool.query<OutboxRow & { atMs: number }>({
      text: `select ${columns}, extract(epoch from at) * 1000 as "atMs" from kernel_outbox order by seq desc limit $1`,
      values: [readRows],
    });
    const rows = result.rows.toReversed();
    const first = rows[0]?.seq ?? 0;
    this.#cursor = rows.at(-1)?.seq ?? 0;
    // Numbers that are not there yet may belong to transactions that are about to commit.
    const here = new Set(rows.map((row) => row.seq));
    const now = Date.now();
    for (let seq = this.#cursor - 1; seq > first && this.#gaps.size < maxGaps; seq--) {
      if (!here.has(seq)) this.#gaps.set(seq, now);
    }
    const heard = rows.filter((row) => row.live).map((event) => ({ event, atMs: event.atMs }));
    this.#replay.start(heard, Math.max(0, first - 1), this.#cursor);
  }

  #read(): void {
    if (this.#closed) return;
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = this.#readOnce()
      .catch((error: unknown) => this.#log.warn({ err: String(error) }, 'live: reading the outbox failed'))
      .finally(() => {
        this.#reading = null;
        if (this.#again) {
          this.#again = false;
          this.#read();
        }
      });
  }

  async #readOnce(): Promise<void> {
    const result = await this.#pool.query<OutboxRow>({
      name: 'live-read',
      // Silent events are read too: a number that is there needs no watching.
      text: `select ${columns} from kernel_outbox where seq > $1 or seq = any($2::bigint[]) order by seq limit ${readRows}`,
      values: [this.#cursor, [...this.#gaps.keys()]],
    });
    const now = Date.now();
    for (const [seq, since] of this.#gaps) if (now - since > gapPatienceMs) this.#gaps.delete(seq);
    if (result.rows.length === 0) return;
    for (const { seq } of result.rows) {
      this.#gaps.delete(seq);
      if (seq <= this.#cursor) continue;
      for (let missing = Math.max(this.#cursor + 1, seq - maxGaps); missing < seq; missing++) {
        this.#gaps.set(missing, now);
      }
      this.#cursor = seq;
    }
    // The oldest gaps are the likeliest to be rolled back.
    for (const seq of this.#gaps.keys()) {
      if (this.#gaps.size <= maxGaps) break;
      this.#gaps.delete(seq);
    }
    const events = result.rows.filter((row) => row.live);
    this.#replay.add(events, now);
    this.#replay.reached(this.#cursor);
    if (events.length > 0) for (const listener of this.#listeners) listener(events);
    if (result.rows.length === readRows) this.#again = true;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#pokeTimer) clearTimeout(this.#pokeTimer);
    if (this.#pollTimer) clearInterval(this.#pollTimer);
    await this.#listener.close();
    await this.#reading;
  }
}
