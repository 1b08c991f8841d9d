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
}

/**
 * Gathers NAL units to access units (H.264 §7.4.1.2.3, H.265 §7.4.2.4.4). Delimiters and filler are left out; units
 * without a slice are kept for the picture that follows. The two fields of an interlaced frame that were coded as
 * pictures of their own come out as two units.
 */
export class AccessUnitAssembler<Tag> {
  /** Pictures given up because they had too many parts. */
  dropped = 0;
  readonly #codec: VideoCodec;
  readonly #onUnit: (unit: AccessUnit<Tag>) => void;
  readonly #max: number;
  #nals: Uint8Array[] = [];
  #tag: Tag | undefined;
  #opened = false;
  #sliced = false;
  #key = false;

  constructor(options: AccessUnitOptions<Tag>) {
    this.#codec = options.codec;
    this.#onUnit = options.onUnit;
    this.#max = options.maxNals ?? 1024;
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
    if (this.#nals.length >= this.#max) {
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
    this.#opened = false;
    this.#sliced = false;
    this.#key = false;
  }
}
