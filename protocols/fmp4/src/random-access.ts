import type { Buffer } from 'node:buffer';
import { box, bytes, fullBox, u32, u64 } from './box.ts';

/** A place in a file at which a player may begin. */
export interface RandomAccessPoint {
  /** Presentation time in ticks of the track. */
  readonly time: number;
  readonly moofOffset: number;
}

/** MovieFragmentRandomAccessBox (ISO/IEC 14496-12 §8.8.9), the last box of a file: players seek with it. */
export function makeRandomAccessIndex(trackId: number, points: readonly RandomAccessPoint[]): Buffer {
  // Numbers of traf, trun and sample take one byte each: a fragment begins with its key picture.
  const entries = points.map(({ time, moofOffset }) => [u64(time, moofOffset), bytes(1, 1, 1)]);
  const tfra = fullBox('tfra', 1, 0, u32(trackId, 0, points.length), ...entries.flat());
  const mfroBytes = 16;
  return box('mfra', tfra, fullBox('mfro', 0, 0, u32(8 + tfra.length + mfroBytes)));
}
