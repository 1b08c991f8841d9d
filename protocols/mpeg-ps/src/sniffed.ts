import { Buffer } from 'node:buffer';
import { CodecError, parseSps, splitAnnexB } from '@wangge/codec';
import { EsDemuxer } from './es-demuxer.ts';
import type { DemuxOptions, DemuxStats } from './program.ts';
import { PsDemuxer } from './ps-demuxer.ts';
import { TsDemuxer } from './ts-demuxer.ts';

export type Container = 'ps' | 'ts' | 'es';

/** What all demultiplexers can do. */
export interface Demuxer {
  readonly stats: DemuxStats;
  /** @param carrierUs time that the carrier (RTP) gave these bytes */
  push(piece: Uint8Array, carrierUs?: number): void;
  /** The stream has ended, or the carrier says that a picture is complete. */
  flush(): void;
  /** The carrier noticed that something is missing here. */
  lost(): void;
}

export interface SniffedDemuxer extends Demuxer {
  /** What the bytes turned out to be; nothing until it is known. */
  readonly container: Container | undefined;
}

const packCode = Buffer.from([0, 0, 1, 0xba]);
const tsPacket = 188;
/** As much is looked at before a stream without any pack is taken for a bare one: more than a picture of most. */
const maxLookBytes = 64 << 10;
/** Bytes that belong to nothing, in a row, after which the container is looked for again. */
const maxGarbage = 256 << 10;

/**
 * Finds out by itself whether a device sends a program stream, a transport stream or a bare byte stream: what it
 * announced is often wrong. Nothing is lost while looking: what was held back goes to the demultiplexer.
 */
export function openSniffed(options: DemuxOptions): SniffedDemuxer {
  return new Sniffer(options);
}

class Sniffer implements SniffedDemuxer {
  container: Container | undefined;
  readonly #options: DemuxOptions;
  readonly #none: DemuxStats = { skippedBytes: 0, losses: 0, unsupported: new Map() };
  #demuxer: Demuxer | undefined;
  #held: { piece: Uint8Array; carrierUs: number | undefined }[] = [];
  #heldBytes = 0;
  #goodSince = 0;

  constructor(options: DemuxOptions) {
    // Anything that comes out proves that the bytes were understood.
    const onFrame: DemuxOptions['onFrame'] = (frame) => {
      this.#goodSince = this.stats.skippedBytes;
      options.onFrame(frame);
    };
    this.#options = { ...options, onFrame };
  }

  get stats(): DemuxStats {
    return this.#demuxer?.stats ?? this.#none;
  }

  push(piece: Uint8Array, carrierUs?: number): void {
    if (!this.#demuxer) {
      this.#hold(piece, carrierUs);
      return;
    }
    this.#demuxer.push(piece, carrierUs);
    if (this.stats.skippedBytes - this.#goodSince < maxGarbage) return;
    this.#demuxer = undefined;
    this.container = undefined;
    this.#goodSince = 0;
  }

  flush(): void {
    this.#demuxer?.flush();
  }

  lost(): void {
    if (this.#demuxer) this.#demuxer.lost();
    else this.#forget();
  }

  #hold(piece: Uint8Array, carrierUs: number | undefined): void {
    this.#held.push({ piece, carrierUs });
    this.#heldBytes += piece.length;
    const bytes = Buffer.concat(this.#held.map((one) => one.piece));
    const container = sniff(bytes, this.#heldBytes >= maxLookBytes);
    if (!container) {
      if (this.#heldBytes >= maxLookBytes) this.#forget();
      return;
    }
    const held = this.#held;
    this.#forget();
    this.container = container;
    this.#demuxer = open(container, this.#options);
    for (const one of held) this.#demuxer.push(one.piece, one.carrierUs);
  }

  #forget(): void {
    this.#held = [];
    this.#heldBytes = 0;
  }
}

function open(container: Container, options: DemuxOptions): Demuxer {
  if (container === 'ps') return new PsDemuxer(options);
  return container === 'ts' ? new TsDemuxer(options) : new EsDemuxer(options);
}

/** @param enough nothing more is waited for: a byte stream without packs is a bare one */
function sniff(bytes: Buffer, enough: boolean): Container | undefined {
  if (isTransportStream(bytes, enough)) return 'ts';
  if (bytes.includes(packCode)) return 'ps';
  // The middle of a program stream has start codes of NAL units too: only parameter sets at the very start, or a
  // long stretch without packs, speak for a bare stream.
  const begins = bytes.length >= 4 && bytes[0] === 0 && bytes[1] === 0 && bytes.readUInt16BE(2) <= 0x1ff;
  return (begins && hasParameterSet(bytes)) || (enough && hasParameterSet(bytes)) ? 'es' : undefined;
}

/** Three packets in step (two, when they are all there is in a datagram of two). */
function isTransportStream(bytes: Buffer, enough: boolean): boolean {
  const limit = enough ? Math.min(bytes.length, maxLookBytes) : tsPacket;
  for (let at = 0; at < limit; at++) {
    if (bytes[at] === 0x47 && bytes[at + tsPacket] === 0x47 && bytes[at + 2 * tsPacket] === 0x47) return true;
  }
  return false;
}

function hasParameterSet(bytes: Buffer): boolean {
  return splitAnnexB(bytes).some((nal) => {
    const h265 = (nal[0] === 0x40 || nal[0] === 0x42) && nal[1] === 1;
    if (h265) return true;
    if (((nal[0] ?? 0) & 0x9f) !== 7) return false;
    try {
      return parseSps('h264', nal).width > 0;
    } catch (error) {
      if (error instanceof CodecError) return false;
      throw error;
    }
  });
}
