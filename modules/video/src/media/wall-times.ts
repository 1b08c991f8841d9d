/** When pictures were taken, out of the times of their stream and of their arrival. */

/** A later offset is believed this slowly: packets are late more often than clocks drift. */
const creepMsPerS = 2;
/** Beyond this the camera's clock was set anew. */
const jumpMs = 5000;

/** Follows the quickest packets: what the network adds to the others is no time that passed at the camera. */
export class WallTimes {
  #offsetMs: number | undefined;
  #atMs = 0;

  /** @param ptsUs on the stream's clock; @param nowMs of arrival */
  of(ptsUs: number, nowMs: number): number {
    const offset = nowMs - ptsUs / 1000;
    const known = this.#offsetMs;
    if (known === undefined || Math.abs(offset - known) > jumpMs || offset < known) {
      this.#offsetMs = offset;
    } else {
      const creep = (creepMsPerS * Math.max(0, nowMs - this.#atMs)) / 1000;
      this.#offsetMs = Math.min(offset, known + creep);
    }
    this.#atMs = nowMs;
    return Math.round(ptsUs / 1000 + (this.#offsetMs ?? offset));
  }
}
