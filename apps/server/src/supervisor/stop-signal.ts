/** Ctrl-C, SIGTERM, a closed terminal: one wish to stop, however often it is expressed. */
import { complain } from '../terminal.ts';

/** npm and the terminal both pass on one Ctrl-C; a person's second one comes later. */
const samePressMs = 2000;

export class StopSignal {
  readonly stopped: Promise<void>;
  #asked: number | undefined;
  readonly #listeners: (() => void)[] = [];

  constructor() {
    this.stopped = new Promise((done) => {
      const ask = (): void => {
        if (this.#asked === undefined) {
          this.#asked = performance.now();
          done();
          for (const listener of this.#listeners) listener();
        } else if (performance.now() - this.#asked > samePressMs) {
          complain('Still stopping; the database needs a moment to write everything down.');
        }
      };
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, ask);
    });
  }
  get isAsked(): boolean {
    return this.#asked !== undefined;
  }
  /** Runs at the first wish, at once when it came already. */
  onStop(listener: () => void): void {
    if (this.isAsked) listener();
    else this.#listeners.push(listener);
  }
}
