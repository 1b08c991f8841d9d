/** The start, step by step, visibly; and the stop, in reverse order. */
import { complain, say } from '../terminal.ts';
import { Failure, lineOf } from '../failure.ts';
import type { StopSignal } from './stop-signal.ts';

export class Steps {
  readonly #stops: (() => Promise<void> | void)[] = [];
  readonly #signal: StopSignal;

  constructor(signal: StopSignal) {
    this.#signal = signal;
  }

  /** Run a step; `tell` shows what it is at. A stop that was asked for in the meantime ends the start. */
  async run<T>(title: string, work: (tell: (text: string) => void) => Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await work((text) => say(`  ${title}: ${text} …`));
    say(`  ${title}: ready (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    if (this.#signal.isAsked) {
      await undoIfKept(result);
      throw new Failure('Stopped during the start.');
    }
    return result;
  }

  onStop(stop: () => Promise<void> | void): void {
    this.#stops.push(stop);
  }

  /** Every stop is tried, whatever becomes of the others. */
  async stopAll(): Promise<void> {
    for (const stop of this.#stops.splice(0).toReversed()) {
      try {
        await stop();
      } catch (error) {
        complain(lineOf(error));
      }
    }
  }
}

/** What the interrupted step has just started is not on the list yet. */
async function undoIfKept(result: unknown): Promise<void> {
  const kept = result as { stop?: () => Promise<void> } | undefined;
  if (typeof kept?.stop === 'function') await kept.stop();
}
