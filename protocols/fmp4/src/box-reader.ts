import type { Buffer } from 'node:buffer';
import { readU64 } from './box.ts';
import { Fmp4Error } from './error.ts';

export interface BoxHeader {
  readonly type: string;
  readonly headerBytes: number;
  /** Whole size with the header; `Infinity` of one that reaches to the end of the file. */
  readonly size: number;
}

export interface Box {
  readonly type: string;
  /** What follows the header. */
  readonly content: Buffer;
  /** Header and content. */
  readonly whole: Buffer;
}

/**
 * Reads the header at this place; nothing when there are too few bytes for it.
 *
 * @throws Fmp4Error `invalid` when the size is smaller than the header
 */
export function readBoxHeader(bytes: Buffer, at: number): BoxHeader | undefined {
  if (bytes.length - at < 8) return undefined;
  const short = bytes.readUInt32BE(at);
  const type = bytes.toString('latin1', at + 4, at + 8);
  // Only the last mdat of a file may leave its end open; zeros are more often a hole in a damaged file.
  if (short === 0 && type === 'mdat') return { type, headerBytes: 8, size: Infinity };
  if (short !== 1) return checked({ type, headerBytes: 8, size: short });
  return bytes.length - at < 16 ? undefined : checked({ type, headerBytes: 16, size: readU64(bytes, at + 8) });
}

function checked(header: BoxHeader): BoxHeader {
  if (header.size < header.headerBytes || !Number.isSafeInteger(header.size)) {
    throw new Fmp4Error('invalid', `a box ${header.type} of ${header.size} bytes`);
  }
  return header;
}

/** No moov or moof of one camera has as many. */
const maxChildren = 1000;

/**
 * The boxes of a content, one behind the other.
 *
 * @throws Fmp4Error `invalid` when one reaches beyond the content, or there are absurdly many
 */
export function childBoxes(content: Buffer): Box[] {
  const boxes: Box[] = [];
  let at = 0;
  while (content.length - at >= 8) {
    const header = readBoxHeader(content, at);
    const end = at + (header?.size ?? Infinity);
    if (!header || end > content.length || boxes.length >= maxChildren) {
      throw new Fmp4Error('invalid', `a box ${header?.type ?? ''} is larger than what it stands in`);
    }
    const whole = content.subarray(at, end);
    boxes.push({ type: header.type, whole, content: whole.subarray(header.headerBytes) });
    at = end;
  }
  return boxes;
}

/** The first box along this path of types. */
export function findBox(content: Buffer, ...path: readonly string[]): Box | undefined {
  let found: Box | undefined;
  let within = content;
  for (const type of path) {
    found = childBoxes(within).find((box) => box.type === type);
    if (!found) return undefined;
    within = found.content;
  }
  return found;
}

/**
 * The content of a box that must be there and have so many bytes.
 *
 * @throws Fmp4Error `invalid`
 */
export function needBox(content: Buffer, minBytes: number, ...path: readonly string[]): Buffer {
  const found = findBox(content, ...path);
  if (!found || found.content.length < minBytes) throw new Fmp4Error('invalid', `no box ${path.join('/')}`);
  return found.content;
}
