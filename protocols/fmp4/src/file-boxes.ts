import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { readBoxHeader } from './box-reader.ts';
import { Fmp4Error } from './error.ts';

/** A box of the file itself, not within another. */
export interface TopBox {
  readonly type: string;
  readonly offset: number;
  readonly headerBytes: number;
  /** Where the next box begins. */
  readonly end: number;
}

/** Reads so many bytes, or as many as there are. */
export async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/** The box at this place; nothing when the file ends before it does. */
export async function nextBox(file: FileHandle, offset: number, fileBytes: number): Promise<TopBox | undefined> {
  if (fileBytes - offset < 8) return undefined;
  const header = readBoxHeader(await readAt(file, offset, 16), 0);
  if (!header) return undefined;
  const end = header.size === Infinity ? fileBytes : offset + header.size;
  if (end > fileBytes) return undefined;
  return { type: header.type, offset, headerBytes: header.headerBytes, end };
}

/**
 * The content of a box, or header and content.
 *
 * @throws Fmp4Error `unsupported` when it is larger than `maxBytes`, `cut` when the file has become shorter
 */
export async function readBox(
  file: FileHandle,
  box: TopBox,
  maxBytes: number,
  part: 'content' | 'whole' = 'content',
): Promise<Buffer> {
  const from = box.offset + (part === 'whole' ? 0 : box.headerBytes);
  if (box.end - from > maxBytes) throw new Fmp4Error('unsupported', `a box ${box.type} of ${box.end - from} bytes`);
  const bytes = await readAt(file, from, box.end - from);
  if (bytes.length < box.end - from) throw new Fmp4Error('cut', `the file ends within its ${box.type}`);
  return bytes;
}
