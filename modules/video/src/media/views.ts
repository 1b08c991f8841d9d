/** The looks that go on at this worker: begun by their ticket, refreshed while they last, ended here. */
import { type Runtime, sql } from '@wangge/kernel';
import { endView } from '../watch/views.ts';

const touchMs = 15_000;

/** Of these views those that still go on. */
async function touchViews(rt: Runtime, ids: readonly string[]): Promise<Set<string>> {
  const rows = await rt.system('video', (tx) =>
    tx.rows<{ id: string }>(sql`update video_views set seen_at = ${new Date(tx.nowMs)}
      where id = any(${ids}::uuid[]) and ended_at is null returning id`),
  );
  return new Set(rows.map((row) => row.id));
}

export class OpenViews {
  readonly #rt: Runtime;
  readonly #open = new Map<string, () => void>();
  readonly #timer: NodeJS.Timeout;
  readonly #ending = new Set<Promise<void>>();

  constructor(rt: Runtime) {
    this.#rt = rt;
    this.#timer = setInterval(() => void this.#touch(), touchMs);
  }

  get size(): number {
    return this.#open.size;
  }

  /** @param hangUp called when somebody else ended the look: a right was taken away */
  begin(viewId: string, hangUp: () => void): void {
    this.#open.set(viewId, hangUp);
  }

  /** A look that went on elsewhere meanwhile (a new ticket) is not ended by the old line. */
  end(viewId: string, hangUp: () => void): void {
    if (this.#open.get(viewId) !== hangUp) return;
    this.#open.delete(viewId);
    const ending = endView(this.#rt, viewId)
      .catch((error: unknown) => this.#rt.log.warn({ err: error, viewId }, 'the end of a look could not be written'))
      .finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    for (const [id, hangUp] of this.#open) this.end(id, hangUp);
    await Promise.all(this.#ending);
  }

  async #touch(): Promise<void> {
    const ids = [...this.#open.keys()];
    if (ids.length === 0) return;
    try {
      const going = await touchViews(this.#rt, ids);
      for (const id of ids) if (!going.has(id)) this.#open.get(id)?.();
    } catch (error) {
      this.#rt.log.warn({ err: error }, 'looks could not be refreshed');
    }
  }
}
