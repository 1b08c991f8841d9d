/** Reads bits and Exp-Golomb codes of a NAL unit, ITU-T H.264 §7.2 and §9.1. */

const maxBytes = 512;

export class BitReader {
  readonly #data: Uint8Array;
  #at: number;

  /** @param nal with emulation prevention, which is removed; only its first 512 bytes are read */
  constructor(nal: Uint8Array, skipBytes: number) {
    this.#data = unescape(nal.subarray(0, maxBytes));
    this.#at = skipBytes * 8;
  }

  /** Up to 32 bits. @throws RangeError at the end of the data */
  bits(count: number): number {
    if (this.#at + count > this.#data.length * 8) throw new RangeError('parameter set is cut short');
    let value = 0;
    for (const end = this.#at + count; this.#at < end; this.#at += 1) {
      value = value * 2 + ((this.#data[this.#at >> 3]! >> (7 - (this.#at & 7))) & 1);
    }
    return value;
  }

  flag(): boolean {
    return this.bits(1) === 1;
  }

  skip(count: number): void {
    this.#at += count;
  }

  /** Unsigned Exp-Golomb code. */
  ue(): number {
    let zeros = 0;
    while (!this.flag()) {
      zeros += 1;
      if (zeros > 31) throw new RangeError('Exp-Golomb code is too long');
    }
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  /** Signed Exp-Golomb code. */
  se(): number {
    const code = this.ue();
    return code % 2 === 0 ? -code / 2 : (code + 1) / 2;
  }
}

function unescape(nal: Uint8Array): Uint8Array {
  const out = new Uint8Array(nal.length);
  let size = 0;
  let zeros = 0;
  for (const byte of nal) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    out[size++] = byte;
  }
  return out.subarray(0, size);
}
