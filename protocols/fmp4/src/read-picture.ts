import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { findBox } from './box-reader.ts';
import { Fmp4Error } from './error.ts';
import { readAt } from './file-boxes.ts';
import type { KeyFrame } from './fragment-info.ts';
import { type TrackInfo, nalLengthBytes } from './read-init.ts';
import type { SegmentScan } from './scan-segment.ts';

const maxPictureBytes = 16 << 20;
const startCode = Buffer.from([0, 0, 0, 1]);

/**
 * One key picture as a byte stream (annex B) with its parameter sets in front: a still, a preview on the timeline, for
 * any decoder.
 *
 * @throws Fmp4Error when the file has no picture there
 */
export async function readPicture(file: FileHandle, scan: SegmentScan, key: KeyFrame): Promise<Buffer> {
  const lengthBytes = nalLengthBytes(scan.leading);
  if (lengthBytes === 0) throw new Fmp4Error('unsupported', 'the file has no H.264 or H.265');
  if (key.bytes > maxPictureBytes) throw new Fmp4Error('invalid', `a picture of ${key.bytes} bytes`);
  const sample = await readAt(file, key.offset, key.bytes);
  if (sample.length < key.bytes) throw new Fmp4Error('cut', 'the file has become shorter');
  const nals = [...readParameterSets(scan.leading), ...splitByLength(sample, lengthBytes)];
  return Buffer.concat(nals.flatMap((nal) => [startCode, nal]));
}

export function splitByLength(sample: Buffer, lengthBytes: number): Buffer[] {
  const nals: Buffer[] = [];
  for (let at = 0; at + lengthBytes <= sample.length;) {
    const length = sample.readUIntBE(at, lengthBytes);
    at += lengthBytes;
    if (at + length > sample.length) throw new Fmp4Error('invalid', 'a NAL unit is longer than its sample');
    nals.push(sample.subarray(at, at + length));
    at += length;
  }
  return nals;
}

/** The sets of avcC or hvcC (ISO/IEC 14496-15 §5.3.3.1, §8.3.3.1). */
export function readParameterSets(track: TrackInfo): Buffer[] {
  const boxes = track.entry.subarray(86);
  const avc = findBox(boxes, 'avcC')?.content;
  if (avc) {
    const sps = readSets(avc, 6, (avc[5] ?? 0) & 31);
    return [...sps.nals, ...readSets(avc, sps.end + 1, avc[sps.end] ?? 0).nals];
  }
  const hevc = findBox(boxes, 'hvcC')?.content ?? Buffer.alloc(0);
  const nals: Buffer[] = [];
  let at = 23;
  for (let array = hevc[22] ?? 0; array > 0 && at + 3 <= hevc.length; array--) {
    const sets = readSets(hevc, at + 3, hevc.readUInt16BE(at + 1));
    nals.push(...sets.nals);
    at = sets.end;
  }
  return nals;
}

/** So many sets, each behind its length. */
function readSets(bytes: Buffer, from: number, count: number): { nals: Buffer[]; end: number } {
  const nals: Buffer[] = [];
  let at = from;
  for (let i = 0; i < count && at + 2 <= bytes.length; i++) {
    const end = at + 2 + bytes.readUInt16BE(at);
    nals.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return { nals, end: at };
}
