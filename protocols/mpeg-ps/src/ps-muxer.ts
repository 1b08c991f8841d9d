import { Buffer } from 'node:buffer';
import {
  type AacConfig,
  type AudioFrame,
  type Frame,
  type Track,
  type VideoFrame,
  isParameterSet,
  makeAdtsHeader,
  parseAudioConfig,
} from '@wangge/codec';
import { toTicks } from './clock.ts';
import { writeTime } from './pes.ts';
import { makeStreamMap } from './stream-map.ts';
import { typeOfCodec } from './stream-types.ts';

const videoId = 0xe0;
const audioId = 0xc0;
/** Payload of one PES packet: its length field has 16 bits, and devices have small buffers. */
const maxPayload = 65_000;
const packBytes = 14;
/** 0.2 s between the clock reference of a pack and the decoding time of what it holds. */
const leadTicks = 18_000;
/** Upper bound in units of 50 bytes a second: 100 Mbit/s. */
const muxRate = 250_000;
const longStartCode = Buffer.from([0, 0, 0, 1]);

/**
 * Writes a program stream (ISO/IEC 13818-1 §2.5, GB/T 28181-2022 annex C): one pack for each frame, with system
 * header and stream map before the first frame and each key picture (and once a second where there is no picture).
 */
export class PsMuxer {
  readonly #video: Extract<Track, { kind: 'video' }> | undefined;
  readonly #audio: Extract<Track, { kind: 'audio' }> | undefined;
  readonly #aac: AacConfig | undefined;
  readonly #heads: Buffer;
  #lastHeadsUs: number | undefined;

  /** @throws TypeError for Opus: a program stream has no type for it */
  constructor(tracks: readonly Track[]) {
    this.#video = tracks.find((track) => track.kind === 'video');
    this.#audio = tracks.find((track) => track.kind === 'audio');
    const streams = [this.#video, this.#audio].flatMap((track) => {
      if (!track) return [];
      const type = typeOfCodec(track.codec);
      if (type === undefined) throw new TypeError(`a program stream cannot carry ${track.codec}`);
      return [{ id: track.kind === 'video' ? videoId : audioId, type }];
    });
    this.#aac = this.#audio?.codec === 'aac' ? aacConfig(this.#audio) : undefined;
    this.#heads = Buffer.concat([makeSystemHeader(streams.map(({ id }) => id)), makeStreamMap(streams)]);
  }

  /** The pack of a frame; empty when its codec is not the track's. Frames in decoding order. */
  write(frame: Frame): Buffer {
    const track = frame.kind === 'video' ? this.#video : this.#audio;
    if (track?.codec !== frame.codec) return Buffer.alloc(0);
    return frame.kind === 'video' ? this.#writeVideo(frame) : this.#writeAudio(frame);
  }

  #writeVideo(frame: VideoFrame): Buffer {
    const own = frame.nals.some((nal) => isParameterSet(frame.codec, nal));
    const nals = frame.key && !own ? [...(this.#video?.parameterSets ?? []), ...frame.nals] : frame.nals;
    const payload = nals.flatMap((nal) => [longStartCode, nal]);
    return makePack(videoId, payload, frame, this.#headsFor(frame.key, frame.dtsUs));
  }

  #writeAudio(frame: AudioFrame): Buffer {
    const payload = this.#aac ? [makeAdtsHeader(this.#aac, frame.data.length), frame.data] : [frame.data];
    const heads = this.#headsFor(!this.#video && this.#secondsSinceHeads(frame.ptsUs) >= 1, frame.ptsUs);
    return makePack(audioId, payload, { ptsUs: frame.ptsUs, dtsUs: frame.ptsUs }, heads);
  }

  #secondsSinceHeads(us: number): number {
    return Math.abs(us - (this.#lastHeadsUs ?? -Infinity)) / 1e6;
  }

  #headsFor(due: boolean, us: number): Buffer | undefined {
    if (!due && this.#lastHeadsUs !== undefined) return undefined;
    this.#lastHeadsUs = us;
    return this.#heads;
  }
}

function aacConfig(track: Extract<Track, { kind: 'audio' }>): AacConfig {
  if (track.config) return parseAudioConfig(track.config);
  return { objectType: 2, sampleRate: track.sampleRate, channels: track.channels };
}

interface Times {
  readonly ptsUs: number;
  readonly dtsUs: number;
}

function makePack(streamId: number, payload: readonly Uint8Array[], times: Times, heads: Buffer | undefined): Buffer {
  const total = payload.reduce((sum, part) => sum + part.length, 0);
  const timeBytes = times.ptsUs === times.dtsUs ? 5 : 10;
  const packets = Math.max(1, Math.ceil(total / maxPayload));
  const out = Buffer.allocUnsafe(packBytes + (heads?.length ?? 0) + packets * 9 + timeBytes + total);
  let at = writePackHeader(out, toTicks(times.dtsUs - (leadTicks * 100) / 9));
  if (heads) {
    out.set(heads, at);
    at += heads.length;
  }
  const source = new PartReader(payload);
  for (let left = total, i = 0; i < packets; i++) {
    const bytes = Math.min(left, maxPayload);
    at = writePesHeader(out, at, streamId, bytes, i === 0 ? times : undefined);
    source.copy(out, at, bytes);
    at += bytes;
    left -= bytes;
  }
  return out;
}

/** Copies bytes out of several parts as if they were one. */
class PartReader {
  readonly #parts: readonly Uint8Array[];
  #index = 0;
  #at = 0;

  constructor(parts: readonly Uint8Array[]) {
    this.#parts = parts;
  }

  copy(out: Buffer, to: number, count: number): void {
    for (let done = 0; done < count;) {
      const part = this.#parts[this.#index];
      if (!part) return;
      const bytes = Math.min(count - done, part.length - this.#at);
      out.set(part.subarray(this.#at, this.#at + bytes), to + done);
      done += bytes;
      this.#at += bytes;
      if (this.#at < part.length) continue;
      this.#index++;
      this.#at = 0;
    }
  }
}

/** §2.5.3.3: the clock reference's 33 bits are spread between marker bits; its extension is 0. */
function writePackHeader(out: Buffer, scr: number): number {
  const high = Math.floor(scr / 2 ** 30);
  const middle = Math.floor(scr / 2 ** 15) % 2 ** 15;
  const low = scr % 2 ** 15;
  out.writeUInt32BE(0x1ba, 0);
  out[4] = 0x44 | (high << 3) | (middle >> 13);
  out[5] = (middle >> 5) & 255;
  out[6] = ((middle & 31) << 3) | 4 | (low >> 13);
  out[7] = (low >> 5) & 255;
  out[8] = ((low & 31) << 3) | 4;
  out[9] = 1;
  out.writeUIntBE(muxRate * 4 + 3, 10, 3);
  // No stuffing.
  out[13] = 0xf8;
  return packBytes;
}

function writePesHeader(out: Buffer, start: number, streamId: number, bytes: number, times?: Times): number {
  const both = times !== undefined && times.ptsUs !== times.dtsUs;
  const timeBytes = times ? (both ? 10 : 5) : 0;
  out.writeUInt32BE(0x100 | streamId, start);
  out.writeUInt16BE(3 + timeBytes + bytes, start + 4);
  // data_alignment_indicator: a frame begins here.
  out[start + 6] = times ? 0x84 : 0x80;
  out[start + 7] = times ? (both ? 0xc0 : 0x80) : 0;
  out[start + 8] = timeBytes;
  let at = start + 9;
  if (!times) return at;
  at = writeTime(out, at, both ? 3 : 2, toTicks(times.ptsUs));
  return both ? writeTime(out, at, 1, toTicks(times.dtsUs)) : at;
}

/** §2.5.3.5, with the buffers that a decoder needs: 1 MiB for pictures, 4 KiB for sound. */
function makeSystemHeader(ids: readonly number[]): Buffer {
  const out = Buffer.alloc(12 + ids.length * 3);
  out.writeUInt32BE(0x1bb, 0);
  out.writeUInt16BE(out.length - 6, 4);
  out.writeUIntBE((0x80_0000 | (muxRate << 1) | 1) >>> 0, 6, 3);
  const audio = ids.includes(audioId) ? 1 : 0;
  const video = ids.includes(videoId) ? 1 : 0;
  out[9] = audio << 2;
  out[10] = 0x20 | video;
  out[11] = 0x7f;
  ids.forEach((id, i) => {
    out[12 + i * 3] = id;
    out.writeUInt16BE(id === videoId ? 0xe000 | 1024 : 0xc000 | 32, 13 + i * 3);
  });
  return out;
}
