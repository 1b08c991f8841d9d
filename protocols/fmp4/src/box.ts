import { Buffer } from 'node:buffer';

/** A box of ISO/IEC 14496-12 §4.2: size, four letters, content. */
export function box(type: string, ...parts: readonly Uint8Array[]): Buffer {
  let size = 8;
  for (const part of parts) size += part.length;
  const out = Buffer.allocUnsafe(size);
  let at = writeBoxHeader(out, 0, size, type);
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** A box with version and flags. */
export function fullBox(type: string, version: number, flags: number, ...parts: readonly Uint8Array[]): Buffer {
  return box(type, u32(version * 0x1_00_00_00 + flags), ...parts);
}

/** Writes size and type; returns where the content begins. */
export function writeBoxHeader(out: Buffer, at: number, size: number, type: string): number {
  out.writeUInt32BE(size, at);
  out.write(type, at + 4, 'latin1');
  return at + 8;
}

/** Writes a whole number below 2^53 in eight bytes; returns the place behind it. */
export function writeU64(out: Buffer, at: number, value: number): number {
  out.writeUInt32BE(Math.floor(value / 2 ** 32), at);
  out.writeUInt32BE(value % 2 ** 32, at + 4);
  return at + 8;
}

/** Reads eight bytes; what is above 2^53 loses its lowest bits. */
export function readU64(bytes: Buffer, at: number): number {
  return bytes.readUInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);
}

export function bytes(...values: readonly number[]): Buffer {
  return Buffer.from(values);
}

export function zeros(count: number): Buffer {
  return Buffer.alloc(count);
}

export function u16(...values: readonly number[]): Buffer {
  const out = Buffer.allocUnsafe(values.length * 2);
  values.forEach((value, i) => out.writeUInt16BE(value, i * 2));
  return out;
}

export function u32(...values: readonly number[]): Buffer {
  const out = Buffer.allocUnsafe(values.length * 4);
  values.forEach((value, i) => out.writeUInt32BE(value, i * 4));
  return out;
}

export function u64(...values: readonly number[]): Buffer {
  const out = Buffer.allocUnsafe(values.length * 8);
  values.forEach((value, i) => writeU64(out, i * 8, value));
  return out;
}
