/** When a picture was taken: when it came in, without the jitter of the way. */

/** A sender's clock that runs away from ours by more than this is tied to it anew. */
const mostDriftMs = 1500;

export class WallClock {
  #offsetMs: number | undefined;

  /** @param ptsUs on the stream's clock */
  at(ptsUs: number, nowMs = Date.now()): number {
    const mediaMs = ptsUs / 1000;
    if (this.#offsetMs === undefined || Math.abs(mediaMs + this.#offsetMs - nowMs) > mostDriftMs) {
      this.#offsetMs = nowMs - mediaMs;
    }
    return Math.round(mediaMs + this.#offsetMs);
  }
}
