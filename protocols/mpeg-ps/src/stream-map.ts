import { Buffer } from 'node:buffer';
import { crc32 } from './crc32.ts';

/** An elementary stream of a program: its id (0xE0 picture, 0xC0 sound) and stream type. */
export interface MappedStream {
  readonly id: number;
  readonly type: number;
}

/**
 * Reads the program stream map (ISO/IEC 13818-1 §2.5.4), the bytes behind its length field. The checksum is not
 * looked at: some devices leave it zero. What does not fit is left out.
 */
export function readStreamMap(content: Buffer): MappedStream[] {
  const streams: MappedStream[] = [];
  if (content.length < 6) return streams;
  let at = 4 + content.readUInt16BE(2);
  if (at + 2 > content.length) return streams;
  const end = Math.min(content.length, at + 2 + content.readUInt16BE(at));
  at += 2;
  while (at + 4 <= end) {
    streams.push({ type: content[at] ?? 0, id: content[at + 1] ?? 0 });
    at += 4 + content.readUInt16BE(at + 2);
  }
  return streams;
}

/** The whole map with start code and checksum. */
export function makeStreamMap(streams: readonly MappedStream[]): Buffer {
  const bytes = 6 + 4 + 2 + streams.length * 4 + 4;
  const out = Buffer.alloc(bytes);
  out.writeUInt32BE(0x1bc, 0);
  out.writeUInt16BE(bytes - 6, 4);
  // Current, version 0; no descriptors of the program.
  out.writeUInt16BE(0xe0ff, 6);
  out.writeUInt16BE(streams.length * 4, 10);
  streams.forEach(({ id, type }, i) => {
    out[12 + i * 4] = type;
    out[13 + i * 4] = id;
  });
  out.writeUInt32BE(crc32(out.subarray(0, bytes - 4)), bytes - 4);
  return out;
}
