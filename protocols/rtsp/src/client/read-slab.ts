/**
 * Memory for what a socket reads. Cameras send a packet of RTP per segment: a buffer of 64 KiB for each read, as node
 * does by itself, costs more than all the rest of the way. Here reads share a slab, one after the other.
 */

const slabBytes = 64 * 1024;
/** Less room than this is not worth a read. */
const minRead = 8 * 1024;

export class ReadSlab {
  #slab = Buffer.allocUnsafeSlow(slabBytes);
  #at = 0;

  /** Where the next read goes. */
  next(): Buffer {
    if (slabBytes - this.#at < minRead) {
      this.#slab = Buffer.allocUnsafeSlow(slabBytes);
      this.#at = 0;
    }
    return this.#slab.subarray(this.#at);
  }

  /** @returns what was read; it stays as it is, and may be kept */
  take(size: number): Buffer {
    const chunk = this.#slab.subarray(this.#at, this.#at + size);
    this.#at += size;
    return chunk;
  }
}
