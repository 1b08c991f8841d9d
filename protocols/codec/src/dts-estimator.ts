/** Larger steps between neighbours in decoding order are another clock, not a reordering (µs). */
const jumpAheadUs = 5_000_000;
const jumpBackUs = 1_000_000;
/** H.264 and H.265 reorder at most 16 pictures. */
const maxDepth = 16;

/**
 * Works out decoding times for a stream that tells presentation times only (RTP, PES without DTS). Give it every
 * picture in decoding order. A stream of depth 0 gets its own times back at once; with depth n the times are those
 * of the pictures sorted, n pictures late, as a decoder with n picture buffers would take them.
 *
 * When the parameter sets do not tell the depth, begin with 0: it is learned from the first picture that comes too
 * late, and that one alone is shown with a decoding time after its presentation time.
 */
export class DtsEstimator {
  #depth: number;
  /** Presentation times that are not given out as decoding times yet, sorted. */
  #waiting: number[] = [];
  #last = -Infinity;
  #lastPts: number | undefined;
  #stepUs = 40_000;

  /** @param reorderDepth `reorderFrames` of the SPS; 0 when unknown */
  constructor(reorderDepth = 0) {
    this.#depth = Math.min(Math.max(0, reorderDepth), maxDepth);
  }

  /** What has been told or learned up to now. */
  get depth(): number {
    return this.#depth;
  }

  /** Decoding time of the next picture in decoding order (µs): always after the one before, except after a jump. */
  next(ptsUs: number): number {
    const step = ptsUs - (this.#lastPts ?? ptsUs);
    if (step > jumpAheadUs || step < -jumpBackUs) this.#restart();
    this.#lastPts = ptsUs;
    if (this.#depth === 0 && ptsUs > this.#last) {
      if (this.#last !== -Infinity) this.#stepUs = ptsUs - this.#last;
      return (this.#last = ptsUs);
    }
    insertSorted(this.#waiting, ptsUs);
    if (this.#waiting.length <= this.#depth) return this.#beforeFull();
    const dts = this.#waiting.shift() ?? ptsUs;
    if (dts > this.#last) return (this.#last = dts);
    // It should have been given out before: the stream reorders more deeply than it said.
    if (this.#depth < maxDepth && dts === ptsUs) {
      this.#depth++;
      this.#waiting.unshift(dts);
    }
    return (this.#last += 1);
  }

  /** The first pictures, while the window fills: steps of one picture up to the first time. */
  #beforeFull(): number {
    const first = this.#waiting[0] ?? 0;
    const ahead = first - (this.#depth - this.#waiting.length + 1) * this.#stepUs;
    return (this.#last = Math.max(ahead, this.#last + 1));
  }

  #restart(): void {
    this.#waiting = [];
    this.#last = -Infinity;
  }
}

function insertSorted(times: number[], time: number): void {
  let at = times.length;
  while (at > 0 && (times[at - 1] ?? 0) > time) at--;
  times.splice(at, 0, time);
}
