import type { Buffer } from 'node:buffer';
import type { ProgramClock } from './clock.ts';

/** Times of one PES packet. An access unit that begins in it takes them, and only one does. */
export interface Stamp {
  readonly ptsUs: number | undefined;
  readonly dtsUs: number | undefined;
  used: boolean;
}

export interface PesHeader {
  /** Bytes from the start code to the payload. */
  readonly headerBytes: number;
  /** Bytes of payload; `undefined` when the packet does not tell its length. */
  readonly payloadBytes: number | undefined;
  readonly stamp: Stamp;
}

/** Bytes needed to know how long the header is. */
export const pesFixedBytes = 9;

/**
 * Reads the header of a PES packet (ISO/IEC 13818-1 §2.4.3.6) at its start code. Nothing if more bytes are needed,
 * `'bad'` if it is none.
 */
export function readPesHeader(bytes: Buffer, at: number, clock: ProgramClock): PesHeader | 'bad' | undefined {
  if (bytes.length - at < pesFixedBytes) return undefined;
  const length = bytes.readUInt16BE(at + 4);
  const marker = bytes[at + 6] ?? 0;
  const flags = bytes[at + 7] ?? 0;
  const more = bytes[at + 8] ?? 0;
  if (marker >> 6 !== 2 || (length !== 0 && length < 3 + more)) return 'bad';
  if (bytes.length - at < pesFixedBytes + more) return undefined;
  const hasPts = (flags & 0x80) !== 0 && more >= 5;
  const hasDts = (flags & 0xc0) === 0xc0 && more >= 10;
  const ptsUs = hasPts ? clock.toUs(readTime(bytes, at + 9)) : undefined;
  const dtsUs = hasDts ? clock.toUs(readTime(bytes, at + 14)) : undefined;
  return {
    headerBytes: pesFixedBytes + more,
    payloadBytes: length === 0 ? undefined : length - 3 - more,
    stamp: { ptsUs, dtsUs, used: false },
  };
}

/** 33 bits spread over five bytes with marker bits between. */
function readTime(bytes: Buffer, at: number): number {
  const high = ((bytes[at] ?? 0) >> 1) & 7;
  return high * 2 ** 30 + (bytes.readUInt16BE(at + 1) >> 1) * 2 ** 15 + (bytes.readUInt16BE(at + 3) >> 1);
}

/** Writes 33 bits behind their four-bit prefix; returns the place behind them. */
export function writeTime(out: Buffer, at: number, prefix: number, ticks: number): number {
  out[at] = (prefix << 4) | (Math.floor(ticks / 2 ** 30) << 1) | 1;
  out.writeUInt16BE((Math.floor(ticks / 2 ** 15) % 2 ** 15) * 2 + 1, at + 1);
  return out.writeUInt16BE((ticks % 2 ** 15) * 2 + 1, at + 3);
}
