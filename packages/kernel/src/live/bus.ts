/**
 * Follows the outbox and hands each live event to whoever listens in this process.
 *
 * A committing process pokes; the poke is a NOTIFY in a transaction of its own, since NOTIFY inside
 * the change's transaction takes a lock over the whole database until the commit's fsync is done. A
 * lost poke costs at most a second: every bus also looks by itself.
 */
import type pg from 'pg';
import type { Logger } from 'pino';

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

const pollMs = 1000;
/** Commits within this many milliseconds share one poke. */
const pokeMs = 5;
/** A number missing for so long belongs to a transaction that was rolled back. */
const gapPatienceMs = 60_000;

export class LiveBus {
  readonly #pool: pg.Pool;
  readonly #log: Logger;
  readonly #listeners = new Set<(events: readonly LiveEvent[]) => void>();
  #cursor = 0;
  readonly #gaps = new Map<number, number>();
  #reading: Promise<void> | null = null;
  #again = false;
  #pokeTimer: NodeJS.Timeout | null = null;
  #pollTimer: NodeJS.Timeout | null = null;
  #listenClient: pg.PoolClient | null = null;
  #closed = false;

  constructor(pool: pg.Pool, log: Logger) {
    this.#pool = pool;
    this.#log = log;
  }

  /** Highest number handed on so far; a client that saw it missed nothing. */
  get cursor(): number {
    return this.#cursor;
  }

  subscribe(listener: (events: readonly LiveEvent[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts following from now on. Only processes that serve live clients or caches need it. */
  async follow(): Promise<void> {
    const result = await this.#pool.query<{ seq: number }>('select coalesce(max(seq), 0) as seq from kernel_outbox');
    this.#cursor = result.rows[0]?.seq ?? 0;
    await this.#listen();
    this.#pollTimer = setInterval(() => {
      if (!this.#listenClient) void this.#listen();
      this.#read();
    }, pollMs);
    this.#pollTimer.unref();
  }

  /** Tells every process that there is something to read. Called after commit; coalesced. */
  poke(): void {
    if (this.#pollTimer) this.#read();
    if (this.#pokeTimer || this.#closed) return;
    this.#pokeTimer = setTimeout(() => {
      this.#pokeTimer = null;
      // Losing it is harmless, see above.
      this.#pool.query('notify wangge_live').catch(() => undefined);
    }, pokeMs);
  }

  async #listen(): Promise<void> {
    if (this.#closed) return;
    try {
      const client = await this.#pool.connect();
      this.#listenClient = client;
      client.on('notification', () => this.#read());
      client.once('error', () => {
        this.#listenClient = null;
        client.release(true);
      });
      client.once('end', () => {
        this.#listenClient = null;
      });
      await client.query('listen wangge_live');
    } catch (error) {
      this.#listenClient = null;
      this.#log.warn({ err: String(error) }, 'live: not listening, will poll');
    }
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
    const result = await this.#pool.query<LiveEvent>({
      name: 'live-read',
      text: `select seq, type, subject_id as "subjectId", area_path as "areaPath", account_ids as "accountIds",
               department_ids as "departmentIds", payload
             from kernel_outbox where live and (seq > $1 or seq = any($2::bigint[])) order by seq limit 2000`,
      values: [this.#cursor, [...this.#gaps.keys()]],
    });
    const now = Date.now();
    for (const [seq, since] of this.#gaps) if (now - since > gapPatienceMs) this.#gaps.delete(seq);
    if (result.rows.length === 0) return;
    for (const { seq } of result.rows) {
      this.#gaps.delete(seq);
      // Numbers jumped over may be in transactions that commit later (or belong to silent events).
      if (seq > this.#cursor) {
        for (let missing = Math.max(this.#cursor + 1, seq - 1000); missing < seq; missing++)
          this.#gaps.set(missing, now);
        this.#cursor = seq;
      }
    }
    for (const listener of this.#listeners) listener(result.rows);
    if (result.rows.length === 2000) this.#again = true;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#pokeTimer) clearTimeout(this.#pokeTimer);
    if (this.#pollTimer) clearInterval(this.#pollTimer);
    await this.#reading;
    this.#listenClient?.release(true);
    this.#listenClient = null;
  }
}
