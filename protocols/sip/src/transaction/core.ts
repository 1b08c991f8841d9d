import type { Clock } from '../clock.ts';
import type { Remote } from '../transport/transport.ts';
import type { TimerValues } from './timers.ts';

/** What a transaction needs of the endpoint that owns it. */
export interface TransactionCore {
  readonly clock: Clock;
  readonly timers: TimerValues;
  send(bytes: Buffer, remote: Remote): Promise<void>;
}

/** The few timers of one transaction by name; setting one again replaces it. */
export class TimerSet {
  readonly #clock: Clock;
  readonly #running = new Map<string, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  set(name: string, ms: number, run: () => void): void {
    this.#running.get(name)?.();
    const cancel = this.#clock.after(ms, () => {
      this.#running.delete(name);
      run();
    });
    this.#running.set(name, cancel);
  }

  stop(...names: string[]): void {
    for (const name of names) {
      this.#running.get(name)?.();
      this.#running.delete(name);
    }
  }

  stopAll(): void {
    this.stop(...this.#running.keys());
  }
}
