/** A step back of more than this is another clock, and so is a step ahead of more than `aheadUs`. */
const backUs = 1_000_000;
const aheadUs = 10_000_000;

/**
 * Turns the times of one track into ticks that only ever rise. A clock that jumps (the camera's time was set, the
 * stream was resumed) goes on one frame after the last instead of tearing a hole or running backwards.
 */
export class TrackClock {
  readonly timescale: number;
  /** Ticks from one frame to the next, as last seen. */
  step: number;
  #originUs: number;
  #lastUs: number | undefined;
  #lastTick = -1;

  /** @param step ticks of a frame, until two have been seen */
  constructor(timescale: number, originUs: number, step: number) {
    this.timescale = timescale;
    this.#originUs = originUs;
    this.step = step;
  }

  /** Whether this time cannot follow the last one. */
  jumps(us: number): boolean {
    if (this.#lastUs === undefined) return false;
    const ahead = us - this.#lastUs;
    return ahead < -backUs || ahead > aheadUs;
  }

  /** The tick that a frame of this time would get, unless its time cannot follow the last one. */
  peek(us: number): number | undefined {
    if (this.jumps(us)) return undefined;
    return Math.max(Math.round(((us - this.#originUs) * this.timescale) / 1e6), this.#lastTick + 1);
  }

  /** The tick of a frame; nothing for one before the origin, which no file can hold. */
  tick(us: number): number | undefined {
    if (this.jumps(us)) {
      this.#originUs = us - ((this.#lastTick + this.step) * 1e6) / this.timescale;
    }
    const exact = Math.round(((us - this.#originUs) * this.timescale) / 1e6);
    if (exact < 0) return undefined;
    const tick = Math.max(exact, this.#lastTick + 1);
    const ahead = tick - this.#lastTick;
    if (this.#lastTick >= 0 && ahead < this.timescale) this.step = ahead;
    this.#lastUs = us;
    return (this.#lastTick = tick);
  }
}
