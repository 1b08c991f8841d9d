import fc from 'fast-check';
import type { LonLat } from '@wangge/geo';
import { describe, expect, it } from 'vitest';
import { canonicalShape } from '../src/rules/canonical-shape.ts';

const square: LonLat[] = [
  [119, 31],
  [119.02, 31],
  [119.02, 31.02],
  [119, 31.02],
];
const hole: LonLat[] = [
  [119.01, 31.01],
  [119.012, 31.01],
  [119.012, 31.013],
];
const closed = (ring: readonly LonLat[]): LonLat[] => [...ring, ring[0] ?? [0, 0]];
const same = canonicalShape([[closed(square), closed(hole)]]);

describe('the text of a shape', () => {
  it('does not depend on where rings begin, how they turn, or on positions along straight stretches', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), fc.boolean(), fc.boolean(), (start, holeStart, turn, extra) => {
        const rotate = (ring: readonly LonLat[], by: number) =>
          ring.map((_, i) => ring[(i + by) % ring.length] ?? ([0, 0] as LonLat));
        const shell = extra ? [...square.slice(0, 1), [119.01, 31] as LonLat, ...square.slice(1)] : square;
        const rings = [rotate(shell, start), rotate(hole, holeStart)].map((ring) =>
          closed(turn ? ring.toReversed() : ring),
        );
        expect(canonicalShape([rings])).toBe(same);
      }),
    );
  });
  it('differs when a corner moves by the least stored step', () => {
    const moved = square.map(([lon, lat], i): LonLat => (i === 2 ? [lon + 1e-7, lat] : [lon, lat]));
    expect(canonicalShape([[closed(moved), closed(hole)]])).not.toBe(same);
    expect(canonicalShape([[closed(square)]])).not.toBe(same);
  });
});
