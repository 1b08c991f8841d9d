/** The looks that go on at this worker: begun by their ticket, refreshed while they last, ended here. */
import type { Runtime } from '@wangge/kernel';
import { endView, touchViews } from '../watch/views.ts';

const touchMs = 15_000;

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
