import { Buffer } from 'node:buffer';
import { crc32 } from './crc32.ts';
import type { MappedStream } from './stream-map.ts';

const maxSectionBytes = 1024;

/** Gathers the sections of one PID out of packets (ISO/IEC 13818-1 §2.4.4). Damaged ones are left out. */
export class SectionReader {
  #bytes: Buffer | undefined;

  /** @param unitStart payload_unit_start_indicator: the payload begins with a pointer to the next section */
  push(payload: Buffer, unitStart: boolean): Buffer | undefined {
    if (unitStart) {
      const pointer = payload[0] ?? 0;
      this.#bytes = payload.subarray(Math.min(payload.length, 1 + pointer));
    } else if (this.#bytes) {
      this.#bytes = Buffer.concat([this.#bytes, payload]);
    }
    const bytes = this.#bytes;
    if (!bytes || bytes.length < 3) return undefined;
    const length = 3 + (bytes.readUInt16BE(1) & 0xfff);
    if (length > maxSectionBytes) this.#bytes = undefined;
    if (bytes.length < length || length > maxSectionBytes || length < 12) return undefined;
    this.#bytes = undefined;
    const section = bytes.subarray(0, length);
    return crc32(section) === 0 ? section : undefined;
  }
}

/** PID of the first program's map in a PAT (§2.4.4.3). */
export function readProgramMapPid(section: Buffer): number | undefined {
  if (section[0] !== 0) return undefined;
  for (let at = 8; at + 4 <= section.length - 4; at += 4) {
    if (section.readUInt16BE(at) !== 0) return section.readUInt16BE(at + 2) & 0x1fff;
  }
  return undefined;
}

/** Streams of a PMT by PID (§2.4.4.8). */
export function readProgramMap(section: Buffer): MappedStream[] {
  const streams: MappedStream[] = [];
  if (section[0] !== 2 || section.length < 16) return streams;
  let at = 12 + (section.readUInt16BE(10) & 0xfff);
  while (at + 5 <= section.length - 4) {
    streams.push({ type: section[at] ?? 0, id: section.readUInt16BE(at + 1) & 0x1fff });
    at += 5 + (section.readUInt16BE(at + 3) & 0xfff);
  }
  return streams;
}
