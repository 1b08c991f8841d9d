import type { VideoCodec } from './frame.ts';
import { isFirstSlice, nalRole, opensAccessUnit } from './nal.ts';

/** All NAL units of one picture, and the tag of the piece in which the first of them began. */
export interface AccessUnit<Tag> {
  readonly nals: Uint8Array[];
  readonly key: boolean;
  readonly tag: Tag;
}

export interface AccessUnitOptions<Tag> {
  readonly codec: VideoCodec;
  readonly onUnit: (unit: AccessUnit<Tag>) => void;
  /** A unit with more NAL units is dropped: no camera cuts a picture into more slices (default 1024). */
  readonly maxNals?: number;
  /** Nor is any picture larger than this (default 8 MiB; a key picture of 4K has 1 to 3). */
  readonly maxBytes?: number;
}

/**
 * Gathers NAL units to access units (H.264 §7.4.1.2.3, H.265 §7.4.2.4.4). Delimiters and filler are left out; units
 * without a slice are kept for the picture that follows. The two fields of an interlaced frame that were coded as
 * pictures of their own come out as two units.
 */
export class AccessUnitAssembler<Tag> {
  /** Pictures given up because they had too many parts or bytes. */
  dropped = 0;
  readonly #codec: VideoCodec;
  readonly #onUnit: (unit: AccessUnit<Tag>) => void;
  readonly #maxNals: number;
  readonly #maxBytes: number;
  #bytes = 0;
  #nals: Uint8Array[] = [];
  #tag: Tag | undefined;
  #opened = false;
  #sliced = false;
  #key = false;

  constructor(options: AccessUnitOptions<Tag>) {
    this.#codec = options.codec;
    this.#onUnit = options.onUnit;
    this.#maxNals = options.maxNals ?? 1024;
    this.#maxBytes = options.maxBytes ?? 8 << 20;
  }

  push(nal: Uint8Array, tag: Tag): void {
    const role = nalRole(this.#codec, nal);
    const slice = role === 'slice' || role === 'key-slice';
    if (this.#sliced && (slice ? isFirstSlice(this.#codec, nal) : opensAccessUnit(this.#codec, nal))) this.flush();
    if (!this.#opened) {
      this.#tag = tag;
      this.#opened = true;
    }
    if (role === 'aud' || role === 'filler') return;
    this.#bytes += nal.length;
    if (this.#nals.length >= this.#maxNals || this.#bytes > this.#maxBytes) {
      this.dropped++;
      this.reset();
      return;
    }
    if (slice) this.#sliced = true;
    if (role === 'key-slice') this.#key = true;
    this.#nals.push(nal);
  }

  /** Gives out what has been gathered, if there is a slice in it. */
  flush(): void {
    if (!this.#sliced) return;
    const unit = { nals: this.#nals, key: this.#key, tag: this.#tag as Tag };
    this.reset();
    this.#onUnit(unit);
  }

  /** Throws away what has been gathered. */
  reset(): void {
    this.#nals = [];
    this.#bytes = 0;
    this.#opened = false;
    this.#sliced = false;
    this.#key = false;
  }
}
