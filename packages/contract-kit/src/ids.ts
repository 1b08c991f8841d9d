/** Identifiers: UUID version 7 (RFC 9562 §5.7), made in the application so that any PostgreSQL ≥ 15 serves. */
import { z } from 'zod';

let lastMs = 0;
let sequence = 0;
/** Randomness is fetched for 256 identifiers at a time: a call costs more than the bytes. */
const pool = new Uint8Array(4096);
let used = pool.length;
const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function randomBytes16(): Uint8Array {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  used += 16;
  return pool.subarray(used - 16, used);
}

/**
 * A new UUIDv7. Sorts by time of making within one process: the 12 bits after the version count up
 * inside a millisecond.
 */
export function newId(nowMs: number = Date.now()): string {
  const bytes = randomBytes16();
  if (nowMs > lastMs) {
    lastMs = nowMs;
    sequence = ((bytes[6] ?? 0) & 0x07) * 256 + (bytes[7] ?? 0);
  } else if (++sequence > 0xfff) {
    // More than 4,096 in a millisecond: borrow from the next one instead of losing the order.
    lastMs += 1;
    sequence = 0;
  }
  let ms = lastMs;
  for (let i = 5; i >= 0; i--) {
    bytes[i] = ms % 256;
    ms = Math.floor(ms / 256);
  }
  bytes[6] = 0x70 | (sequence >> 8);
  bytes[7] = sequence & 0xff;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  let hex = '';
  for (const byte of bytes) hex += hexOf[byte] ?? '';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const idSchema = z.uuid();
