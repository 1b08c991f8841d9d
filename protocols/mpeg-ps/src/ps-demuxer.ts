import { Buffer } from 'node:buffer';
import { asBuffer } from '@wangge/codec';
import { ProgramClock } from './clock.ts';
import { type Stamp, readPesHeader } from './pes.ts';
import { type DemuxOptions, type DemuxStats, Program } from './program.ts';
import { readStreamMap } from './stream-map.ts';

const startCode = Buffer.from([0, 0, 1]);
const packCode = Buffer.from([0, 0, 1, 0xba]);
const id = { end: 0xb9, pack: 0xba, map: 0xbc, private1: 0xbd } as const;
const maxMapBytes = 4096;

/** What the bytes that come next belong to. */
interface Payload {
  /** Nothing for packets that are skipped (padding, system header, directory). */
  readonly streamId: number | undefined;
  readonly stamp: Stamp;
  /** `undefined` until the next start code of this layer. */
  left: number | undefined;
}

/**
 * Takes an MPEG program stream apart (ISO/IEC 13818-1 §2.5, GB/T 28181-2022 annex C), cut into pieces anywhere.
 * Payload is handed on as it comes, so that memory holds a header at most, and the picture under way. Works without
 * stream map, with packets that tell no length, and with pictures that begin anywhere in a packet. Whoever pushes
 * must not reuse the memory of a piece.
 */
export class PsDemuxer {
  readonly #program: Program;
  readonly #clock = new ProgramClock();
  /** The start of a header whose rest has not come yet. */
  #carry: Buffer = Buffer.alloc(0);
  #payload: Payload | undefined;
  #carrierUs: number | undefined;
  #lastCarrierUs: number | undefined;
  /** A packet told its time: from then on the carrier's is not used. */
  #sawTimes = false;

  constructor(options: DemuxOptions) {
    this.#program = new Program(options);
  }

  get stats(): DemuxStats {
    return this.#program.stats;
  }

  /** @param carrierUs time that the carrier (RTP) gave these bytes, for packets without times of their own */
  push(piece: Uint8Array, carrierUs?: number): void {
    this.#carrierUs = carrierUs;
    const bytes = this.#carry.length > 0 ? Buffer.concat([this.#carry, piece]) : asBuffer(piece);
    const used = this.#take(bytes);
    this.#carry = used === bytes.length ? Buffer.alloc(0) : bytes.subarray(used);
  }

  /** The stream has ended, or the carrier says that a picture is complete (marker bit): nothing is waited for. */
  flush(): void {
    const payload = this.#payload;
    // The packet says that more is to come: the carrier is mistaken, or the stream was cut off.
    if (payload?.left !== undefined && payload.left > 0) return;
    if (payload) {
      this.#hand(this.#carry, payload);
      this.#carry = Buffer.alloc(0);
    }
    this.#program.flush();
  }

  /** A piece is missing here: goes on with the next pack or packet. */
  lost(): void {
    this.#carry = Buffer.alloc(0);
    this.#payload = undefined;
    this.#program.lost();
  }

  /** Returns how many bytes are done with. */
  #take(bytes: Buffer): number {
    let at = 0;
    for (;;) {
      const next = this.#payload ? this.#takePayload(bytes, at, this.#payload) : this.#takeHeader(bytes, at);
      if (next === undefined) return at;
      at = next;
    }
  }

  /** Returns where it ends, or nothing when more bytes are needed. */
  #takePayload(bytes: Buffer, at: number, payload: Payload): number | undefined {
    if (payload.left === undefined) return this.#takeUnbounded(bytes, at, payload);
    const end = Math.min(bytes.length, at + payload.left);
    const piece = bytes.subarray(at, end);
    if (hintOf(payload.streamId) === 'video') {
      // No NAL unit holds a pack's start code: something is missing that the carrier did not notice.
      const pack = piece.indexOf(packCode);
      if (pack !== -1) {
        this.#payload = undefined;
        this.#program.lost();
        return at + pack;
      }
    }
    payload.left -= end - at;
    this.#hand(piece, payload);
    if (payload.left > 0) return end === at ? undefined : end;
    if (payload.streamId !== undefined) this.#program.endPacket(payload.streamId);
    this.#payload = undefined;
    return end;
  }

  #takeUnbounded(bytes: Buffer, at: number, payload: Payload): number | undefined {
    const code = findCode(bytes, at);
    if (code === -1) {
      // The last three bytes may be the start of a code.
      const end = Math.max(at, bytes.length - 3);
      this.#hand(bytes.subarray(at, end), payload);
      return end === at ? undefined : end;
    }
    this.#hand(bytes.subarray(at, code), payload);
    this.#payload = undefined;
    return code;
  }

  #hand(piece: Buffer, { streamId, stamp }: Payload): void {
    if (piece.length > 0 && streamId !== undefined) this.#program.push(streamId, hintOf(streamId), piece, stamp);
  }

  #takeHeader(bytes: Buffer, at: number): number | undefined {
    if (bytes.length - at < 4) return undefined;
    if (bytes[at] !== 0 || bytes[at + 1] !== 0 || bytes[at + 2] !== 1 || (bytes[at + 3] ?? 0) < id.end) {
      return this.#resync(bytes, at);
    }
    const code = bytes[at + 3] ?? 0;
    if (code === id.end) return at + 4;
    if (code === id.pack) return takePack(bytes, at);
    if (hintOf(code) || code === id.private1) return this.#takePes(bytes, at, code);
    if (bytes.length - at < 6) return undefined;
    const length = bytes.readUInt16BE(at + 4);
    if (code === id.map) return this.#takeMap(bytes, at, length);
    this.#payload = { streamId: undefined, stamp: { ptsUs: undefined, dtsUs: undefined, used: false }, left: length };
    return at + 6;
  }

  #takeMap(bytes: Buffer, at: number, length: number): number | undefined {
    if (length > maxMapBytes) return this.#resync(bytes, at);
    if (bytes.length - at < 6 + length) return undefined;
    for (const stream of readStreamMap(bytes.subarray(at + 6, at + 6 + length))) {
      this.#program.announce(stream.id, stream.type);
    }
    return at + 6 + length;
  }

  #takePes(bytes: Buffer, at: number, streamId: number): number | undefined {
    const header = readPesHeader(bytes, at, this.#clock);
    if (header === undefined) return undefined;
    if (header === 'bad') return this.#resync(bytes, at);
    const { headerBytes, payloadBytes, stamp } = header;
    if (stamp.ptsUs !== undefined) this.#sawTimes = true;
    const timed = stamp.ptsUs === undefined ? { ...stamp, ptsUs: this.#fallbackUs() } : stamp;
    this.#payload = { streamId, stamp: timed, left: payloadBytes };
    return at + headerBytes;
  }

  /** RTP gives all packets of a picture one time: it counts once. */
  #fallbackUs(): number | undefined {
    if (this.#sawTimes || this.#carrierUs === this.#lastCarrierUs) return undefined;
    this.#lastCarrierUs = this.#carrierUs;
    return this.#carrierUs;
  }

  /** Goes on at the next code of this layer. */
  #resync(bytes: Buffer, at: number): number | undefined {
    const code = findCode(bytes, at + 1);
    const end = code === -1 ? Math.max(at, bytes.length - 3) : code;
    this.stats.skippedBytes += end - at;
    return end === at ? undefined : end;
  }
}

/** Where the pack header (§2.5.3.3, or that of MPEG-1) ends. */
function takePack(bytes: Buffer, at: number): number | undefined {
  const second = bytes[at + 4];
  if (second === undefined) return undefined;
  const mpeg2 = second >> 6 === 1;
  const length = mpeg2 ? 14 + ((bytes[at + 13] ?? 0) & 7) : 12;
  return bytes.length - at < Math.max(length, mpeg2 ? 14 : 12) ? undefined : at + length;
}

/** The next start code that is none of a NAL unit. */
function findCode(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(startCode, from);
  while (at !== -1 && (bytes[at + 3] ?? 0) < id.end) at = bytes.indexOf(startCode, at + 3);
  return at;
}

function hintOf(streamId: number | undefined): 'video' | 'audio' | undefined {
  if (streamId === undefined) return undefined;
  if (streamId >= 0xe0 && streamId <= 0xef) return 'video';
  return streamId >= 0xc0 && streamId <= 0xdf ? 'audio' : undefined;
}
