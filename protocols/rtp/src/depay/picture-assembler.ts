/** Makes pictures of the NAL units that come out of packets, and lets only those through that can be decoded. */
import { isFirstSlice, isParameterSet, nalHeaderBytes, nalRole, ParameterSets, type VideoCodec } from '@wangge/codec';

/** One picture with the stamp of its packets. */
export interface Picture {
  /** 32 bits, as on the wire. */
  readonly timestamp: number;
  readonly nals: readonly Uint8Array[];
  readonly key: boolean;
  /** Pictures before this one are missing: lost, or dropped because they needed a lost one. */
  readonly afterLoss: boolean;
}

export interface PictureHandlers {
  onPicture(picture: Picture): void;
  /** The stream's parameter sets are known for the first time, or changed (another resolution, say). */
  onParameterSets?(sets: readonly Uint8Array[]): void;
}

export interface VideoCounts {
  pictures: number;
  keys: number;
  /** Not given out: damaged, or before the first key picture, or between a loss and the next key picture. */
  dropped: number;
  /** Gaps in the sequence numbers. */
  gaps: number;
  malformed: number;
}

const maxPictureBytes = 8 * 1024 * 1024;
const maxNals = 1024;

export class PictureAssembler {
  readonly counts: VideoCounts = { pictures: 0, keys: 0, dropped: 0, gaps: 0, malformed: 0 };
  readonly #codec: VideoCodec;
  readonly #handlers: PictureHandlers;
  readonly #sets: ParameterSets;
  #nals: Uint8Array[] = [];
  #bytes = 0;
  #timestamp = 0;
  #slices = false;
  #key = false;
  #hasSets = false;
  #waitForKey = true;
  #afterLoss = false;
  /** Stamp of a picture of which a part is missing: the rest of it is worthless. */
  #broken: number | undefined;
  /** Stamp of the last picture that a marker ended, to find out those who set the marker on every slice. */
  #ended: number | undefined;
  #markerLies = false;

  constructor(codec: VideoCodec, initialSets: readonly Uint8Array[], handlers: PictureHandlers) {
    this.#codec = codec;
    this.#handlers = handlers;
    this.#sets = new ParameterSets(codec, initialSets);
  }

  /** To be called before the NAL units of a packet. */
  beginPacket(timestamp: number): void {
    if (timestamp === this.#timestamp) return;
    if (this.#slices) this.#flush();
    this.#timestamp = timestamp;
    this.#broken = undefined;
  }

  /** A unit within a packet. It is copied: small as it is, it would keep all that the socket read with it. */
  view(nal: Uint8Array): void {
    this.nal(Buffer.from(nal));
  }

  /** A unit with memory of its own. */
  nal(nal: Uint8Array): void {
    if (nal.length <= nalHeaderBytes[this.#codec]) {
      this.counts.malformed += 1;
      return;
    }
    if (this.#broken === this.#timestamp) return;
    const role = nalRole(this.#codec, nal);
    // No use to those who get whole pictures.
    if (role === 'aud' || role === 'end' || role === 'filler') return;
    if (role === 'slice' || role === 'key-slice') {
      if (!this.#slices && !this.#takeFirstSlice(nal)) return;
      this.#slices = true;
      if (role === 'key-slice') this.#key = true;
    } else if (role === 'vps' || role === 'sps' || role === 'pps') {
      this.#hasSets = true;
    }
    this.#nals.push(nal);
    this.#bytes += nal.length;
    if (this.#nals.length > maxNals || this.#bytes > maxPictureBytes) {
      this.counts.malformed += 1;
      this.#spoil();
    }
  }

  /** To be called after the NAL units of a packet. */
  endPacket(marker: boolean): void {
    // Some devices set the marker on packets of parameter sets too: those wait for their picture.
    if (!marker || !this.#slices || this.#markerLies) return;
    this.#ended = this.#timestamp;
    this.#flush();
  }

  /** Packets are missing before the one that {@link beginPacket} is called for next. */
  gap(): void {
    this.counts.gaps += 1;
    this.#spoil();
  }

  /** A unit could not be put together. */
  malformed(): void {
    this.counts.malformed += 1;
    this.#spoil();
  }

  #takeFirstSlice(nal: Uint8Array): boolean {
    if (isFirstSlice(this.#codec, nal)) return true;
    if (this.#ended === this.#timestamp) this.#markerLies = true;
    // The beginning of the picture is missing.
    this.#spoil();
    return false;
  }

  #spoil(): void {
    if (this.#slices) this.counts.dropped += 1;
    this.#clear();
    this.#broken = this.#timestamp;
    if (this.counts.pictures > 0) this.#afterLoss = true;
    this.#waitForKey = true;
  }

  #flush(): void {
    const nals = this.#nals;
    const key = this.#key;
    const timestamp = this.#timestamp;
    const changed = this.#hasSets && this.#sets.update(nals);
    const hasSets = this.#hasSets;
    this.#clear();
    if (changed && this.#sets.complete) this.#handlers.onParameterSets?.(this.#sets.list());
    if (this.#waitForKey && !(key && this.#sets.complete)) {
      this.counts.dropped += 1;
      return;
    }
    const afterLoss = this.#afterLoss;
    this.#waitForKey = false;
    this.#afterLoss = false;
    this.counts.pictures += 1;
    if (key) this.counts.keys += 1;
    this.#handlers.onPicture({ timestamp, nals: key ? this.#withSets(nals, hasSets) : nals, key, afterLoss });
  }

  /** Every key picture carries all parameter sets, so that anyone may begin there. */
  #withSets(nals: readonly Uint8Array[], hasSets: boolean): Uint8Array[] {
    const others = hasSets ? nals.filter((nal) => !isParameterSet(this.#codec, nal)) : nals;
    return [...this.#sets.list(), ...others];
  }

  #clear(): void {
    this.#nals = [];
    this.#bytes = 0;
    this.#slices = false;
    this.#key = false;
    this.#hasSets = false;
  }
}
