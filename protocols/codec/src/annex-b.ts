import { Buffer } from 'node:buffer';

const startCode = Buffer.from([0, 0, 1]);
const longStartCode = Buffer.from([0, 0, 0, 1]);

/**
 * NAL units of a whole byte stream (ITU-T H.264 annex B, H.265 annex B) as views into it. What stands before the
 * first start code is left out, and so are the zeros that may trail a unit.
 */
export function splitAnnexB(stream: Uint8Array): Uint8Array[] {
  const bytes = asBuffer(stream);
  const nals: Uint8Array[] = [];
  let start = bytes.indexOf(startCode);
  while (start !== -1) {
    const next = bytes.indexOf(startCode, start + 3);
    const nal = trimZeros(bytes.subarray(start + 3, next === -1 ? bytes.length : next));
    if (nal.length > 0) nals.push(nal);
    start = next;
  }
  return nals;
}

/** The byte stream of these units: each behind a start code of four bytes. */
export function joinAnnexB(nals: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [];
  for (const nal of nals) parts.push(longStartCode, nal);
  return Buffer.concat(parts);
}

/** The same bytes as a Buffer, without a copy: its search is native. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A unit never ends in a zero (H.264 §7.4.1): those belong to the next start code or are stuffing. */
function trimZeros(nal: Buffer): Buffer {
  let end = nal.length;
  while (end > 0 && nal[end - 1] === 0) end--;
  return end === nal.length ? nal : nal.subarray(0, end);
}

export interface AnnexBSplitterOptions<Tag> {
  /** `tag` is the one of the piece in which its start code began. The unit may be a view into a piece. */
  readonly onNal: (nal: Uint8Array, tag: Tag) => void;
  /** Longer units are dropped up to the next start code (default 4 MiB). */
  readonly maxNalBytes?: number;
}

/**
 * Finds NAL units in a byte stream that comes in pieces cut anywhere, even within a start code. Whoever pushes must
 * not reuse the memory of a piece. A unit is known to be complete when the next begins, or at `flush`.
 */
export class AnnexBSplitter<Tag> {
  /** Units given up because they were longer than `maxNalBytes`. */
  dropped = 0;
  readonly #onNal: (nal: Uint8Array, tag: Tag) => void;
  readonly #max: number;
  #parts: Buffer[] = [];
  #length = 0;
  #tag: Tag | undefined;
  #lastTag: Tag | undefined;
  /** In front of the first start code, or within a unit that is too long: bytes are thrown away. */
  #skipping = true;
  /** Zeros at the end of what came before: 0, 1 or 2 (more make no difference). */
  #zeros = 0;

  constructor(options: AnnexBSplitterOptions<Tag>) {
    this.#onNal = options.onNal;
    this.#max = options.maxNalBytes ?? 4 << 20;
  }

  push(piece: Uint8Array, tag: Tag): void {
    if (piece.length === 0) return;
    const bytes = asBuffer(piece);
    let from = this.#codeAcrossCut(bytes);
    // The first byte of the start code counts, and that came with the piece before.
    if (from > 0) this.#begin(this.#lastTag as Tag);
    this.#lastTag = tag;
    for (;;) {
      const code = bytes.indexOf(startCode, from);
      if (code === -1) break;
      this.#add(bytes, from, code);
      this.#begin(tag);
      from = code + 3;
    }
    this.#add(bytes, from, bytes.length);
    this.#zeros = trailingZeros(bytes, from, this.#zeros);
  }

  /** The stream says that the unit under way is complete (end of file, end of a frame): gives it out. */
  flush(): void {
    this.#emit();
    this.#skipping = true;
    this.#zeros = 0;
  }

  /** Something was lost: what is under way is thrown away, and the next start code begins afresh. */
  reset(): void {
    this.#parts = [];
    this.#length = 0;
    this.#skipping = true;
    this.#zeros = 0;
  }

  /** Bytes of this piece that complete a start code begun in the one before, else 0. */
  #codeAcrossCut(bytes: Buffer): number {
    if (this.#zeros === 0) return 0;
    if (this.#zeros === 2 && bytes[0] === 1) return 1;
    return bytes[0] === 0 && bytes[1] === 1 ? 2 : 0;
  }

  #begin(tag: Tag): void {
    this.#emit();
    this.#skipping = false;
    this.#tag = tag;
  }

  #add(bytes: Buffer, from: number, to: number): void {
    if (this.#skipping || from === to) return;
    this.#length += to - from;
    if (this.#length > this.#max) {
      this.dropped++;
      this.reset();
      return;
    }
    this.#parts.push(bytes.subarray(from, to));
  }

  #emit(): void {
    if (this.#length === 0) return;
    const [first] = this.#parts;
    const whole = this.#parts.length === 1 && first ? first : Buffer.concat(this.#parts, this.#length);
    this.#parts = [];
    this.#length = 0;
    const nal = trimZeros(whole);
    if (nal.length > 0) this.#onNal(nal, this.#tag as Tag);
  }
}

function trailingZeros(bytes: Buffer, from: number, before: number): number {
  const length = bytes.length - from;
  if (length === 0) return 0;
  if (bytes[bytes.length - 1] !== 0) return 0;
  if (length === 1) return from === 0 ? Math.min(2, before + 1) : 1;
  return bytes[bytes.length - 2] === 0 ? 2 : 1;
}
