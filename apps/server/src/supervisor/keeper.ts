/** Keeps one thing running: starts it again with growing pauses whenever it ends unwanted. */
import { setTimeout as delay } from 'node:timers/promises';

export interface Kept {
  /** Settles when it ended; never rejects. The text says why, for people. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

export interface KeeperOptions {
  readonly name: string;
  start(): Promise<Kept>;
  /** Told of every end and every failed start, with the pause before the next try. */
  onTrouble(line: string): void;
  /** Told when it runs again after trouble. */
  onRecovered?(): void | Promise<void>;
  readonly firstPauseMs?: number;
  readonly longestPauseMs?: number;
  /** After running this long its earlier ends are forgotten. */
  readonly healthyMs?: number;
}

export interface Keeper {
  /** Stops it for good; no start follows. */
  stop(): Promise<void>;
}

/**
 * Start it, and from then on keep it.
 *
 * @throws whatever the very first start throws: nothing is kept then
 */
export async function keep(options: KeeperOptions): Promise<Keeper> {
  const { firstPauseMs = 200, longestPauseMs = 15_000, healthyMs = 60_000 } = options;
  const stopping = new AbortController();
  let current: Kept | undefined = await options.start();
  let startedMs = performance.now();

  async function watch(): Promise<void> {
    let pauseMs = firstPauseMs;
    while (!stopping.signal.aborted) {
      let why: string;
      if (current) {
        why = await current.ended;
        if (performance.now() - startedMs > healthyMs) pauseMs = firstPauseMs;
      } else {
        why = 'did not start';
      }
      current = undefined;
      if (stopping.signal.aborted) return;
      options.onTrouble(`${options.name} ${why}; starting it again in ${pauseMs / 1000} s`);
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
      if (stopping.signal.aborted) return;
      try {
        current = await options.start();
        startedMs = performance.now();
        await options.onRecovered?.();
      } catch (error) {
        options.onTrouble(`${options.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  const watching = watch();
  return {
    async stop() {
      stopping.abort();
      await current?.stop();
      await watching;
      // A start that was under way when the stop came.
      await current?.stop();
    },
  };
}
