/** Whoever moves a camera stops it, too: it must not turn on when nobody says more. */

export const stopAfterMs = 1000;

/** Movements under way, by what moves. */
export class AutoStop {
  readonly #stops = new Map<string, { timer: NodeJS.Timeout; stop: () => Promise<unknown> }>();

  /** It moves from now on; again within the time keeps it moving. */
  moving(key: string, stop: () => Promise<unknown>): void {
    this.settled(key);
    const end = (): void => {
      this.#stops.delete(key);
      stop().catch(() => undefined);
    };
    this.#stops.set(key, { timer: setTimeout(end, stopAfterMs), stop });
  }
  /** Something else was told to it: nothing is left to stop. */
  settled(key: string): void {
    clearTimeout(this.#stops.get(key)?.timer);
    this.#stops.delete(key);
  }
  /** Stops all that moves. */
  async close(): Promise<void> {
    const moving = [...this.#stops.values()];
    this.#stops.clear();
    await Promise.allSettled(
      moving.map(({ timer, stop }) => {
        clearTimeout(timer);
        return stop();
      }),
    );
  }
}
