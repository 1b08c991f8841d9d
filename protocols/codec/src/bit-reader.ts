/** Why a header could not be read: it ends too early, or holds a value that its standard forbids. */
export class CodecError extends Error {
  override name = 'CodecError';
}

/** Bits from the highest of each byte on, with the Exp-Golomb codes of H.264 §9.1. Reading past the end throws. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get bitsLeft(): number {
    return this.#bytes.length * 8 - this.#at;
  }

  bit(): number {
    const byte = this.#bytes[this.#at >> 3];
    if (byte === undefined) throw new CodecError('the header ends too early');
    const value = (byte >> (7 - (this.#at & 7))) & 1;
    this.#at++;
    return value;
  }

  flag(): boolean {
    return this.bit() === 1;
  }

  /** Up to 32 bits, unsigned. */
  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 2 + this.bit();
    return value;
  }

  skip(count: number): void {
    if (count > this.bitsLeft) throw new CodecError('the header ends too early');
    this.#at += count;
  }

  /** ue(v) */
  ue(): number {
    let zeros = 0;
    while (this.bit() === 0) if (++zeros > 31) throw new CodecError('an Exp-Golomb code is too long');
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  /** se(v) */
  se(): number {
    const code = this.ue();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }

  /** ue(v) that may not be above `max`: counts of loops are checked before the loop. */
  ueUpTo(max: number): number {
    const value = this.ue();
    if (value > max) throw new CodecError(`${value} where at most ${max} is allowed`);
    return value;
  }
}

/** The raw payload behind the NAL header, without emulation prevention bytes (00 00 03; H.264 §7.4.1). */
export function unescapeNal(nal: Uint8Array, headerBytes: number): Uint8Array {
  const out = new Uint8Array(nal.length);
  let length = 0;
  let zeros = 0;
  for (let i = headerBytes; i < nal.length; i++) {
    const byte = nal[i] ?? 0;
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    out[length++] = byte;
  }
  return out.subarray(0, length);
}
