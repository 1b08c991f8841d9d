/** Numbers that wrap, made to count on. */

/** Signed distance from `from` to `to` on a circle of 16 bits: −32768 to 32767. */
export function sequenceDistance(from: number, to: number): number {
  return ((to - from) << 16) >> 16;
}

/** Signed distance from `from` to `to` on a circle of 32 bits. */
export function timestampDistance(from: number, to: number): number {
  return (to - from) | 0;
}

/** Extends sequence numbers of 16 bits (RFC 3550 appendix A.1); packets that come late count back. */
export class SequenceUnwrapper {
  #last: number | undefined;

  /** The number beyond 16 bits; never negative, begins in the second cycle so that a late first packet fits. */
  unwrap(sequence: number): number {
    if (this.#last === undefined) return (this.#last = 65536 + sequence);
    const value = this.#last + sequenceDistance(this.#last & 0xffff, sequence);
    if (value > this.#last) this.#last = value;
    return value;
  }

  reset(): void {
    this.#last = undefined;
  }
}
