/** What H.264 and H.265 have in common on RTP: loss seen by sequence numbers, pictures by stamp and marker. */
import type { VideoCodec } from '@wangge/codec';
import type { RtpPacket } from '../packet.ts';
import { sequenceDistance } from '../sequence.ts';
import { Fragments } from './fragments.ts';
import { PictureAssembler, type PictureHandlers, type VideoCounts } from './picture-assembler.ts';

/** Reads the NAL units of one payload into the assembler. */
export type PayloadReader = (payload: Uint8Array, assembler: PictureAssembler, fragments: Fragments) => void;

export class VideoDepayloader {
  readonly #read: PayloadReader;
  readonly #assembler: PictureAssembler;
  readonly #fragments = new Fragments();
  #last: number | undefined;
  #ssrc = 0;

  constructor(codec: VideoCodec, read: PayloadReader, sets: readonly Uint8Array[], handlers: PictureHandlers) {
    this.#read = read;
    this.#assembler = new PictureAssembler(codec, sets, handlers);
  }

  get counts(): Readonly<VideoCounts> {
    return this.#assembler.counts;
  }

  /** Packets in the order of their sequence numbers; gaps are loss, repeats are passed over. */
  push(packet: RtpPacket): void {
    if (this.#last !== undefined) {
      const step = packet.ssrc === this.#ssrc ? sequenceDistance(this.#last, packet.sequence) : 2;
      if (step === 0) return;
      if (step !== 1) {
        this.#fragments.drop();
        this.#assembler.gap();
      }
    }
    this.#last = packet.sequence;
    this.#ssrc = packet.ssrc;
    this.#assembler.beginPacket(packet.timestamp);
    if (packet.payload.length > 0) this.#read(packet.payload, this.#assembler, this.#fragments);
    this.#assembler.endPacket(packet.marker);
  }
}
