import { Buffer } from 'node:buffer';
import {
  type AacConfig,
  type AudioCodec,
  type AudioFrame,
  type AudioTrack,
  makeAudioConfig,
  splitAdts,
} from '@wangge/codec';
import type { Stamp } from './pes.ts';

export interface AudioSink {
  readonly onFrame: (frame: AudioFrame) => void;
  readonly onTrack: (track: AudioTrack) => void;
}

/** A PES packet of sound larger than this is no sound. */
const maxBytes = 1 << 16;

const maxBarren = 8;

/**
 * Sound out of an elementary stream: ADTS frames, or the G.711 of each PES packet as it comes. Whether it is AAC is
 * seen from the bytes; the header only tells A-law from µ-law.
 */
export class ElementaryAudio {
  dropped = 0;
  readonly #sink: AudioSink;
  readonly #g711: 'pcma' | 'pcmu' | undefined;
  #track: AudioTrack | undefined;
  #pieces: Uint8Array[] = [];
  #length = 0;
  #stamp: Stamp | undefined;
  #rest: Uint8Array = Buffer.alloc(0);
  #nextUs = 0;
  /** PES packets in a row in which no frame of AAC was found. */
  #barren = 0;

  /** @param codec as announced; nothing when nobody announced it: then what is not AAC is taken for A-law */
  constructor(sink: AudioSink, codec: AudioCodec | undefined) {
    this.#sink = sink;
    this.#g711 = codec === 'aac' ? undefined : codec === 'pcmu' ? 'pcmu' : 'pcma';
  }

  push(piece: Uint8Array, stamp: Stamp): void {
    if (stamp !== this.#stamp) this.flush();
    this.#stamp = stamp;
    this.#length += piece.length;
    if (this.#length > maxBytes) {
      this.lost();
      return;
    }
    this.#pieces.push(piece);
  }

  /** The PES packet under way is complete. */
  flush(): void {
    if (this.#length === 0) return;
    const [first] = this.#pieces;
    const whole = this.#pieces.length === 1 && first ? first : Buffer.concat(this.#pieces, this.#length);
    this.#pieces = [];
    this.#length = 0;
    if (this.#stamp?.ptsUs !== undefined) this.#nextUs = this.#stamp.ptsUs;
    if (this.#takeAdts(whole)) return;
    if (this.#g711) this.#takeG711(whole, this.#g711);
    else this.dropped++;
  }

  lost(): void {
    this.dropped++;
    this.#pieces = [];
    this.#length = 0;
    this.#rest = Buffer.alloc(0);
  }

  /** False when these bytes are no ADTS. A frame may go on in the next PES packet. */
  #takeAdts(whole: Uint8Array): boolean {
    const known = this.#track?.codec === 'aac';
    if (!known && !beginsAdts(whole)) return false;
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, whole]) : whole;
    const { frames, used } = splitAdts(bytes);
    // Samples of G.711 may look like a header, but not like two, or like one that ends with the packet.
    if (!known && frames.length < 2 && (frames.length === 0 || used < bytes.length)) return false;
    this.#rest = bytes.subarray(used);
    this.#barren = frames.length > 0 ? 0 : this.#barren + 1;
    if (this.#barren > maxBarren) {
      // It is AAC no more: judged afresh with the next packet.
      this.#track = undefined;
      this.lost();
    }
    for (const { config, data } of frames) this.#emitAac(config, data);
    return true;
  }

  #emitAac(config: AacConfig, data: Uint8Array): void {
    const { sampleRate, channels } = config;
    if (channels === 0) return;
    if (this.#track?.codec !== 'aac' || this.#track.sampleRate !== sampleRate || this.#track.channels !== channels) {
      this.#setTrack({ kind: 'audio', codec: 'aac', sampleRate, channels, config: makeAudioConfig(config) });
    }
    this.#sink.onFrame({ kind: 'audio', codec: 'aac', ptsUs: Math.round(this.#nextUs), data });
    this.#nextUs += (1024 * 1e6) / sampleRate;
  }

  #takeG711(data: Uint8Array, codec: 'pcma' | 'pcmu'): void {
    if (this.#track?.codec !== codec) this.#setTrack({ kind: 'audio', codec, sampleRate: 8000, channels: 1 });
    this.#sink.onFrame({ kind: 'audio', codec, ptsUs: Math.round(this.#nextUs), data });
    this.#nextUs += data.length * 125;
  }

  #setTrack(track: AudioTrack): void {
    this.#track = track;
    this.#sink.onTrack(track);
  }
}

/** The sync word and the layer, which is always 0. */
function beginsAdts(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xf6) === 0xf0;
}
