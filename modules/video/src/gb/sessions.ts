/** Streams that media workers asked for, by a number of ours; ended when their worker is heard of no more. */
import { newId } from '@wangge/contract-kit';
import { createSsrcPool, type MediaSession, type SsrcPool } from '@wangge/gb28181';

/** Workers ping every ten seconds. */
export const pingEveryMs = 10_000;
const silentMs = 3 * pingEveryMs;

interface Running {
  readonly session: MediaSession;
  pingedAtMs: number;
  finished: boolean;
}

export class Sessions {
  readonly ssrcs: SsrcPool;
  readonly #running = new Map<string, Running>();
  readonly #timer: NodeJS.Timeout;
  readonly #nowMs: () => number;

  constructor(serverId: string, nowMs: () => number = () => performance.now()) {
    this.ssrcs = createSsrcPool(serverId);
    this.#nowMs = nowMs;
    this.#timer = setInterval(() => this.sweep(), pingEveryMs / 2);
  }

  get size(): number {
    return this.#running.size;
  }

  /** @param taken SSRC of the pool, freed at the end; null for one of the caller's */
  add(session: MediaSession, taken: number | null): string {
    const id = newId();
    const running: Running = { session, pingedAtMs: this.#nowMs(), finished: false };
    this.#running.set(id, running);
    void session.finished.then(() => (running.finished = true));
    void session.ended.then(() => {
      this.#running.delete(id);
      if (taken !== null) this.ssrcs.free(taken);
    });
    return id;
  }
  /** Undefined once it has ended, whoever ended it. */
  get(id: string): MediaSession | undefined {
    return this.#running.get(id)?.session;
  }
  ping(id: string): { finished: boolean } | undefined {
    const running = this.#running.get(id);
    if (!running) return undefined;
    running.pingedAtMs = this.#nowMs();
    return { finished: running.finished };
  }
  /** Ends the streams of workers that are gone: a device has few to give. */
  sweep(): void {
    for (const { session, pingedAtMs } of this.#running.values()) {
      if (this.#nowMs() - pingedAtMs > silentMs) void session.bye().catch(() => undefined);
    }
  }
  /** Hangs up everywhere. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.allSettled([...this.#running.values()].map(({ session }) => session.bye()));
  }
}
