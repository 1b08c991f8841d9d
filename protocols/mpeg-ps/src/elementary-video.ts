import {
  type VideoCodec,
  type VideoFrame,
  type VideoTrack,
  AccessUnitAssembler,
  AnnexBSplitter,
  DtsEstimator,
  ParameterSets,
  nalRole,
} from '@wangge/codec';
import type { Stamp } from './pes.ts';

/** Units that are kept while the codec is unknown. */
const maxEarly = 4;

export interface VideoSink {
  readonly onFrame: (frame: VideoFrame) => void;
  /** When the parameter sets are known, and whenever they change, before the picture that needs them. */
  readonly onTrack: (track: VideoTrack) => void;
}

/**
 * Pictures out of an elementary stream of video that comes in pieces. The codec is read from the parameter sets, not
 * believed from a header. Nothing is given out before they are known: nobody could decode it.
 */
export class ElementaryVideo {
  /** Units that were thrown away: damaged, too long, or in front of the first parameter sets. */
  dropped = 0;
  readonly #sink: VideoSink;
  readonly #splitter: AnnexBSplitter<Stamp>;
  #codec: VideoCodec | undefined;
  #assembler: AccessUnitAssembler<Stamp> | undefined;
  #sets: ParameterSets | undefined;
  #early: { readonly nal: Uint8Array; readonly stamp: Stamp }[] = [];
  #estimator = new DtsEstimator();
  #sawDts = false;
  /** The first times that belong to the picture under way. */
  #stamp: Stamp | undefined;
  #lastPtsUs: number | undefined;
  #lastDtsUs = -Infinity;
  #stepUs = 40_000;

  constructor(sink: VideoSink) {
    this.#sink = sink;
    this.#splitter = new AnnexBSplitter<Stamp>({ onNal: (nal, stamp) => this.#takeNal(nal, stamp) });
  }

  push(piece: Uint8Array, stamp: Stamp): void {
    this.#splitter.push(piece, stamp);
  }

  /** The picture under way is complete: the stream has ended, or its carrier says so. */
  flush(): void {
    this.#splitter.flush();
    this.#assembler?.flush();
  }

  /** Something was lost: the picture under way is thrown away. */
  lost(): void {
    this.#splitter.reset();
    this.#assembler?.reset();
    this.#early = [];
    this.#stamp = undefined;
  }

  #takeNal(nal: Uint8Array, stamp: Stamp): void {
    const head = nal[0] ?? 0x80;
    if (head >= 0x80) {
      // forbidden_zero_bit: a start code of the layer below, so a packet is missing in between.
      this.dropped++;
      return;
    }
    const codec = sniffCodec(nal);
    if (codec && codec !== this.#codec) this.#begin(codec);
    if (this.#assembler) this.#assemble(this.#assembler, nal, stamp);
    else this.#holdEarly(nal, stamp);
  }

  /** SEI or a delimiter may stand in front of the first SPS, and belong to its picture. */
  #holdEarly(nal: Uint8Array, stamp: Stamp): void {
    this.#early.push({ nal, stamp });
    if (this.#early.length <= maxEarly) return;
    this.#early.shift();
    this.dropped++;
  }

  #assemble(assembler: AccessUnitAssembler<Stamp>, nal: Uint8Array, stamp: Stamp): void {
    assembler.push(nal, stamp);
    if (!this.#stamp && stamp.ptsUs !== undefined && !stamp.used) {
      this.#stamp = stamp;
      stamp.used = true;
    }
  }

  #begin(codec: VideoCodec): void {
    this.#assembler?.flush();
    const early = this.#early;
    this.#early = [];
    this.#codec = codec;
    this.#sets = new ParameterSets(codec);
    this.#estimator = new DtsEstimator();
    const onUnit = ({ nals, key }: { nals: Uint8Array[]; key: boolean }): void => this.#emit(codec, nals, key);
    const assembler = new AccessUnitAssembler<Stamp>({ codec, onUnit });
    this.#assembler = assembler;
    for (const { nal, stamp } of early) this.#assemble(assembler, nal, stamp);
  }

  #emit(codec: VideoCodec, nals: readonly Uint8Array[], key: boolean): void {
    const stamp = this.#stamp;
    this.#stamp = undefined;
    const sets = this.#sets;
    if (!sets) return;
    if (sets.update(nals) && sets.complete) {
      const depth = sets.sps()?.reorderFrames ?? 0;
      if (depth !== this.#estimator.depth) this.#estimator = new DtsEstimator(depth);
      this.#sink.onTrack({ kind: 'video', codec, parameterSets: sets.list() });
    }
    const { ptsUs, dtsUs } = this.#times(stamp);
    if (!sets.complete) {
      this.dropped++;
      return;
    }
    this.#sink.onFrame({ kind: 'video', codec, ptsUs, dtsUs, key, nals });
  }

  /** A picture without times of its own comes one step after the last. */
  #times(stamp: Stamp | undefined): { ptsUs: number; dtsUs: number } {
    if (stamp?.dtsUs !== undefined) this.#sawDts = true;
    if (stamp?.ptsUs === undefined) {
      const ptsUs = (this.#lastPtsUs ?? 0) + this.#stepUs;
      this.#lastPtsUs = ptsUs;
      return { ptsUs, dtsUs: this.#rise(this.#sawDts ? this.#lastDtsUs + this.#stepUs : this.#estimator.next(ptsUs)) };
    }
    const { ptsUs } = stamp;
    const step = ptsUs - (this.#lastPtsUs ?? ptsUs);
    if (step > 0 && step < 1_000_000) this.#stepUs = step;
    this.#lastPtsUs = ptsUs;
    // §2.4.3.7: without a DTS it equals the PTS; but devices that never write one leave it out with B pictures too.
    return { ptsUs, dtsUs: this.#rise(stamp.dtsUs ?? (this.#sawDts ? ptsUs : this.#estimator.next(ptsUs))) };
  }

  #rise(dtsUs: number): number {
    const jumped = Math.abs(dtsUs - this.#lastDtsUs) > 1_000_000;
    this.#lastDtsUs = jumped ? dtsUs : Math.max(dtsUs, this.#lastDtsUs + 1);
    return this.#lastDtsUs;
  }
}

/** Parameter sets whose first bytes belong to one codec only. */
function sniffCodec(nal: Uint8Array): VideoCodec | undefined {
  const [first = 0, second = 0, third = 0] = nal;
  // VPS, SPS or PPS of layer 0 with temporal id 0; in H.264 these would be types 0, 2 and 4, which no camera sends.
  if ((first === 0x40 || first === 0x42 || first === 0x44) && second === 1) return 'h265';
  const sps = nalRole('h264', nal) === 'sps' && first >= 0x20 && nal.length >= 4;
  // The two lowest of the constraint bits are reserved and zero.
  return sps && second >= 44 && (third & 3) === 0 ? 'h264' : undefined;
}
