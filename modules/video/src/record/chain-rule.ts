/** The rule by which segments of a camera are chained: that of the function `video_add_segment`. */
import { createHash } from 'node:crypto';

export interface ChainedSegment {
  readonly startMs: number;
  readonly endMs: number;
  readonly bytes: number;
  /** Hexadecimal, of the whole file. */
  readonly sha256: string;
}

/** @param prev place of the one before, hexadecimal; that of a camera's first is SHA-256 of its identifier */
export function chainOf(prev: string, seq: number, of: ChainedSegment): string {
  return createHash('sha256')
    .update(Buffer.from(prev, 'hex'))
    .update(Buffer.from(of.sha256, 'hex'))
    .update(`${seq} ${of.startMs} ${of.endMs} ${of.bytes}`)
    .digest('hex');
}
