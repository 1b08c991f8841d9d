/** Decoding times, which RTP does not carry, from the times of display. */

/** Of any level, ITU-T H.264 §A.3.1 and H.265 §A.4.2. */
const maxDepth = 16;

/**
 * With a reorder depth of d, the decoding time of a picture is the earliest of the last d + 1 times of display: as
 * pictures are displayed at an even pace, so they are decoded. Nothing is delayed for it.
 *
 * Unlike the estimator of `@wangge/codec` it goes on through jumps and changes of depth, and never goes back: a camera
 * plays for months. Where the depth is not told it begins at 0 and is learned from the pictures that step back; while it is being learned
 * a decoding time may lie after the time of display.
 */
export class DecodeTimes {
  #depth: number;
  #held: number[] = [];
  #last = -Infinity;
  #latest = -Infinity;
  #stepUs = 40_000;

  constructor(depth = 0) {
    this.#depth = depth;
  }

  /** @param depth of a new parameter set; undefined keeps what was learned */
  setDepth(depth: number | undefined): void {
    if (depth !== undefined) this.#depth = depth;
  }

  /** After a jump of the clock or a gap: what is held belongs to the past. */
  reset(): void {
    this.#held = [];
    this.#latest = -Infinity;
  }

  /** Microseconds; later than any before it. */
  push(ptsUs: number): number {
    const stepsBack = ptsUs < this.#latest;
    if (!stepsBack) {
      if (this.#latest !== -Infinity) this.#stepUs = Math.max(1000, Math.min(this.#stepUs, ptsUs - this.#latest));
      this.#latest = ptsUs;
    }
    if (this.#depth === 0 && !stepsBack) return this.#advance(ptsUs);
    insert(this.#held, ptsUs);
    // As if pictures at an even pace had come before.
    while (this.#held.length <= this.#depth) this.#held.unshift(this.#held[0]! - this.#stepUs);
    while (this.#held.length > this.#depth + 1) this.#held.shift();
    const dtsUs = this.#advance(this.#held.shift()!);
    if (stepsBack && dtsUs > ptsUs && this.#depth < maxDepth) this.#depth += 1;
    return dtsUs;
  }

  #advance(us: number): number {
    this.#last = Math.max(us, this.#last + 1);
    return this.#last;
  }
}

function insert(sorted: number[], value: number): void {
  let at = sorted.length;
  while (at > 0 && sorted[at - 1]! > value) at -= 1;
  sorted.splice(at, 0, value);
}
