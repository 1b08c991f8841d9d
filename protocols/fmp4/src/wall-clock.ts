import { type Buffer } from 'node:buffer';
import { readU64, writeBoxHeader, writeU64 } from './box.ts';

/** Milliseconds from 1900 (NTP era 0) to 1970. */
const ntpOffsetMs = 2_208_988_800_000;
/** An NTP era has 2^32 seconds; the next begins in February 2036. */
const eraMs = 2 ** 32 * 1000;

export const prftBytes = 32;

/**
 * Writes a ProducerReferenceTimeBox (ISO/IEC 14496-12 §8.16.5): when the picture at `mediaTime` of the track was
 * taken. Returns the place behind it.
 */
export function writePrft(out: Buffer, at: number, trackId: number, wallMs: number, mediaTime: number): number {
  writeBoxHeader(out, at, prftBytes, 'prft');
  out.writeUInt32BE(0x0100_0000, at + 8);
  out.writeUInt32BE(trackId, at + 12);
  const ms = (wallMs + ntpOffsetMs) % eraMs;
  out.writeUInt32BE(Math.floor(ms / 1000), at + 16);
  out.writeUInt32BE(Math.floor(((ms % 1000) / 1000) * 2 ** 32), at + 20);
  return writeU64(out, at + 24, mediaTime);
}

export interface ProducerTime {
  readonly trackId: number;
  /** Milliseconds since 1970, with a fraction. */
  readonly wallMs: number;
  readonly mediaTime: number;
}

/** Reads the box from its first byte on. Seconds without their highest bit belong to the era that begins in 2036. */
export function readPrft(box: Buffer): ProducerTime | undefined {
  if (box.length < 28) return undefined;
  const long = box[8] === 1;
  if (long && box.length < prftBytes) return undefined;
  const seconds = box.readUInt32BE(16);
  const fraction = box.readUInt32BE(20) / 2 ** 32;
  const era = seconds < 2 ** 31 ? eraMs : 0;
  const wallMs = era + (seconds + fraction) * 1000 - ntpOffsetMs;
  // The fraction was rounded down to 2^-32 s; microseconds are more than anybody measured.
  const mediaTime = long ? readU64(box, 24) : box.readUInt32BE(24);
  return { trackId: box.readUInt32BE(12), wallMs: Math.round(wallMs * 1000) / 1000, mediaTime };
}
