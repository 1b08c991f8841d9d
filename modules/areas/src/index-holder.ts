/** Keeps one process's index of the areas in force, and follows what other processes publish. */
import type { Runtime, Tx } from '@wangge/kernel';
import { type AreaIndex, buildLevelIndexes, type LevelIndexes, makeAreaIndex, noAreas } from './rules/area-index.ts';
import { entriesOf, nodesOf } from './store/entries.ts';
import { shapesOf } from './store/shapes.ts';
import { currentVersion } from './store/versions.ts';

/** An index with what it takes to replace it. */
export interface HeldIndex {
  readonly generation: number;
  readonly index: AreaIndex;
  readonly levels: LevelIndexes;
}

/** A NOTIFY that got lost with its connection is made up for within this time. */
const pollMs = 5000;
/** The connection that listens; all that is asked of it later is to go. */
interface ListenClient {
  release(broken: boolean): void;
}

export class IndexHolder {
  readonly #rt: Runtime;
  #held: HeldIndex = { generation: -1, index: noAreas, levels: new Map() };
  #refreshing: Promise<void> | null = null;
  #again = false;
  #client: ListenClient | null = null;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(rt: Runtime) {
    this.#rt = rt;
  }
  get held(): HeldIndex {
    return this.#held;
  }
  /** Takes a newer index; one that was overtaken by another process's is left aside. */
  offer(held: HeldIndex): void {
    if (held.generation > this.#held.generation) this.#held = held;
  }
  /** Reads what is in force, once more if it changed in between. Throws when the database does not answer. */
  refresh(): Promise<void> {
    if (this.#refreshing) {
      this.#again = true;
      return this.#refreshing;
    }
    this.#refreshing = this.#refreshAll().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }
  async #refreshAll(): Promise<void> {
    do {
      this.#again = false;
      await this.#rt.system('areas', async (tx) => {
        const held = await readHeld(tx, this.#held);
        if (held) this.offer(held);
      });
    } while (this.#again && !this.#stopped);
  }

  async start(): Promise<void> {
    await this.#listen();
    await this.refresh();
    this.#timer = setInterval(() => {
      if (!this.#client) void this.#listen();
      this.#refreshQuietly();
    }, pollMs);
    this.#timer.unref();
  }
  async #listen(): Promise<void> {
    if (this.#stopped) return;
    let lose: (() => void) | undefined;
    try {
      const client = await this.#rt.pool.connect();
      this.#client = client;
      lose = () => {
        if (this.#client !== client) return;
        this.#client = null;
        client.release(true);
      };
      client.once('error', lose);
      client.once('end', lose);
      client.on('notification', () => this.#refreshQuietly());
      await client.query('listen wangge_areas');
    } catch (error) {
      lose?.();
      this.#rt.log.warn({ err: String(error) }, 'areas: not listening, will poll');
    }
  }
  #refreshQuietly(): void {
    if (this.#stopped) return;
    this.refresh().catch((error: unknown) => {
      this.#rt.log.warn({ err: String(error) }, 'areas: reading the areas failed, the old ones stay');
    });
  }
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearInterval(this.#timer);
    await this.#refreshing?.catch(() => undefined);
    const client = this.#client;
    this.#client = null;
    client?.release(true);
  }
}

/** What is in force, or null when `known` is it. Borders are read only when they are another version's. */
async function readHeld(tx: Tx, known: HeldIndex): Promise<HeldIndex | null> {
  const version = await currentVersion(tx);
  if (version?.generation == null || version.generation <= known.generation) return null;
  const rows = await entriesOf(tx, version.id);
  const levels =
    known.index.versionId === version.id ? known.levels : buildLevelIndexes(await shapesOf(tx, version.id, rows));
  return { generation: version.generation, index: makeAreaIndex(version.id, nodesOf(rows), levels), levels };
}
