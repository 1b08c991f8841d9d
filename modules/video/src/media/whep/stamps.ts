/** Times for frames that are sent at once although they were taken one after the other. */

/** Older than this when it is sent, a frame comes out of the cache. */
const freshMs = 250;
/** Between frames out of the cache: a browser shows the last of them at once instead of playing the past. */
const stepUs = 100;

export class Stamps {
  #lastUs = Number.NEGATIVE_INFINITY;

  /** @returns µs on the stream's clock, always rising */
  of(ptsUs: number, wallMs: number, nowMs: number): number {
    const lateMs = nowMs - wallMs;
    const us = lateMs > freshMs ? ptsUs + lateMs * 1000 : ptsUs;
    this.#lastUs = us > this.#lastUs ? us : this.#lastUs + stepUs;
    return this.#lastUs;
  }
}
