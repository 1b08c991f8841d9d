/** Time as the hubs see it, so that tests can move it. */
export interface MediaTimers {
  nowMs(): number;
  /** @returns cancels it */
  after(ms: number, run: () => void): () => void;
}

export const systemTimers: MediaTimers = {
  nowMs: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
