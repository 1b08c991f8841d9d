/** UTF-8 written piece by piece into one piece of memory: a string for each cell would be most of the work of a file. */

/** Bytes of UTF-8 that one unit of a string takes at most. */
const mostBytes = 3;
/** Texts up to this length are written here: the call that encodes longer ones costs more than the work. */
const short = 24;

export class ByteWriter {
  #bytes = Buffer.allocUnsafeSlow(128 * 1024);
  #at = 0;

  get length(): number {
    return this.#at;
  }
  text(text: string): void {
    this.#makeRoom(text.length * mostBytes);
    if (text.length <= short && this.#asAscii(text)) return;
    this.#at += this.#bytes.write(text, this.#at);
  }
  /** Writes it unless there is more than ASCII in it. There must be room. */
  #asAscii(text: string): boolean {
    const to = this.#bytes;
    const at = this.#at;
    const length = text.length;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0x80) return false;
      to[at + i] = unit;
    }
    this.#at = at + length;
    return true;
  }
  /** Short ones, written many times. */
  bytes(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    const to = this.#bytes;
    const at = this.#at;
    const length = bytes.length;
    for (let i = 0; i < length; i++) to[at + i] = bytes[i] as number;
    this.#at = at + length;
  }
  /** @param byte of ASCII */
  ascii(byte: number): void {
    this.#makeRoom(1);
    this.#bytes[this.#at++] = byte;
  }
  /** Two decimal digits. */
  two(n: number): void {
    this.#makeRoom(2);
    this.#bytes[this.#at++] = 48 + Math.floor(n / 10);
    this.#bytes[this.#at++] = 48 + (n % 10);
  }
  /** What was written since the last time, as bytes of its own. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#at));
    this.#at = 0;
    return taken;
  }

  #makeRoom(more: number): void {
    const needed = this.#at + more;
    if (needed <= this.#bytes.length) return;
    const wider = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(wider, 0, 0, this.#at);
    this.#bytes = wider;
  }
}
