/** Time as the protocol's timers see it, so that tests can run 64·T1 in no time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `run` once after `ms`; the returned function cancels it. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    // Beyond 2^31 a timer of Node would run at once.
    const timer = setTimeout(run, Math.min(ms, 0x7fff_ffff));
    return () => clearTimeout(timer);
  },
};
