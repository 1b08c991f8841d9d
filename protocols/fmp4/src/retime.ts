import type { Buffer } from 'node:buffer';
import { childBoxes, readBoxHeader } from './box-reader.ts';
import { readU64, writeU64 } from './box.ts';
import { Fmp4Error } from './error.ts';

/**
 * Moves a fragment in time, in place: tfdt of each track and the producer reference time by so many ticks, and the
 * sequence number. So the fragments of many segments become one stream for a MediaSource.
 *
 * @param fragment one or more whole fragments, each with a tfdt of 64 bits, as this package writes them
 * @param shifts ticks to add, by track id
 * @throws Fmp4Error when it is no fragment, or would begin before zero
 */
export function retimeFragment(fragment: Buffer, shifts: ReadonlyMap<number, number>, sequence: number): void {
  let at = 0;
  while (at < fragment.length) {
    const header = readBoxHeader(fragment, at);
    if (!header || at + header.size > fragment.length) throw new Fmp4Error('cut', 'the fragment is not whole');
    const content = fragment.subarray(at + header.headerBytes, at + header.size);
    if (header.type === 'moof') retimeMoof(content, shifts, sequence);
    if (header.type === 'prft' && content[0] === 1 && content.length >= 24) {
      shift(content, 16, shifts.get(content.readUInt32BE(4)));
    }
    at += header.size;
  }
}

function retimeMoof(moof: Buffer, shifts: ReadonlyMap<number, number>, sequence: number): void {
  for (const { type, content } of childBoxes(moof)) {
    if (type === 'mfhd' && content.length >= 8) content.writeUInt32BE(sequence, 4);
    if (type !== 'traf') continue;
    const boxes = childBoxes(content);
    const tfhd = boxes.find((box) => box.type === 'tfhd')?.content;
    const tfdt = boxes.find((box) => box.type === 'tfdt')?.content;
    if (!tfhd || tfhd.length < 8 || !tfdt || tfdt[0] !== 1 || tfdt.length < 12) {
      throw new Fmp4Error('unsupported', 'a fragment without 64-bit times');
    }
    shift(tfdt, 4, shifts.get(tfhd.readUInt32BE(4)));
  }
}

function shift(bytes: Buffer, at: number, ticks = 0): void {
  const time = readU64(bytes, at) + ticks;
  if (time < 0) throw new Fmp4Error('invalid', 'a fragment would begin before zero');
  writeU64(bytes, at, time);
}
