import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DecodeTimes } from '../src/decode-times.ts';

/** Times of display in decoding order: an anchor before `between` pictures, `groups` times. */
function withB(between: number, groups: number): number[] {
  const out = [0];
  for (let group = 0; group < groups; group += 1) {
    const base = group * (between + 1);
    out.push(base + between + 1, ...Array.from({ length: between }, (_, index) => base + index + 1));
  }
  return out.map((index) => 1_000_000 + index * 40_000);
}

/** The anchor, the middle one, then the two beside it: a pyramid. */
const pyramid = [0, 4, 2, 1, 3, 8, 6, 5, 7, 12, 10, 9, 11, 16, 14, 13, 15].map((index) => index * 40_000);

describe('decoding times', () => {
  test('without reordering they are those of display', () => {
    const times = new DecodeTimes();
    expect(withB(0, 9).map((pts) => times.push(pts))).toEqual(withB(0, 9));
  });

  test('with the depth told they go forward at an even pace and never lie after the display', () => {
    const depthOne = fc.record({ depth: fc.integer({ min: 1, max: 4 }), between: fc.integer({ min: 1, max: 6 }) });
    fc.assert(
      fc.property(depthOne, ({ depth, between }) => {
        const times = new DecodeTimes(depth);
        const display = withB(between, 12);
        const decoding = display.map((pts) => times.push(pts));
        decoding.forEach((dts, index) => expect(dts).toBeLessThanOrEqual(display[index]!));
        const steps = decoding.slice(1).map((dts, index) => dts - decoding[index]!);
        expect(new Set(steps.slice(depth + 1))).toEqual(new Set([40_000]));
        expect(Math.min(...steps)).toBeGreaterThan(0);
      }),
    );
  });

  test('a depth that is not told is learned', () => {
    const times = new DecodeTimes();
    const decoding = pyramid.map((pts) => times.push(pts));
    expect(decoding.every((dts, index) => index === 0 || dts > decoding[index - 1]!)).toBe(true);
    const after = decoding.flatMap((dts, index) => (dts > pyramid[index]! ? [index] : []));
    // Only pictures of the first groups, while it is learned.
    expect(Math.max(...after)).toBeLessThan(10);
  });

  test('whatever the times and the depth, they go forward', () => {
    const event = fc.tuple(fc.integer({ min: -1e7, max: 1e7 }), fc.constantFrom('push', 'reset', 'depth'));
    fc.assert(
      fc.property(fc.array(event, { maxLength: 200 }), (events) => {
        const times = new DecodeTimes();
        const out: number[] = [];
        for (const [value, what] of events) {
          if (what === 'reset') times.reset();
          else if (what === 'depth') times.setDepth(Math.abs(value) % 17);
          else out.push(times.push(value));
        }
        expect(out.every((dts, index) => index === 0 || dts > out[index - 1]!)).toBe(true);
      }),
    );
  });
});
