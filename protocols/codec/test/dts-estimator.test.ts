import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DtsEstimator } from '../src/index.ts';

const step = 40_000;
/** Presentation times in decoding order of groups I/P + n B pictures. */
function decodingOrder(groups: number, bFrames: number, pyramid = false): number[] {
  const order = [0];
  for (let g = 0; g < groups; g++) {
    const base = g * (bFrames + 1);
    order.push(base + bFrames + 1);
    const bs = Array.from({ length: bFrames }, (_, i) => base + i + 1);
    if (pyramid && bs.length === 3) order.push(bs[1] ?? 0, bs[0] ?? 0, bs[2] ?? 0);
    else order.push(...bs);
  }
  return order.map((index) => index * step);
}

describe('decoding times', () => {
  it('are the presentation times where nothing is reordered', () => {
    const estimator = new DtsEstimator();
    const times = [100, 40_100, 90_000];
    expect(times.map((pts) => estimator.next(pts))).toEqual(times);
  });

  it.each([
    { bFrames: 1, depth: 1, pyramid: false },
    { bFrames: 2, depth: 1, pyramid: false },
    { bFrames: 3, depth: 2, pyramid: true },
  ])('rise, step by step, and never come after presentation ($bFrames B pictures)', ({ bFrames, depth, pyramid }) => {
    const estimator = new DtsEstimator(depth);
    const order = decodingOrder(20, bFrames, pyramid);
    const dts = order.map((pts) => estimator.next(pts));
    expect(dts).toEqual(order.map((_, i) => (i - depth) * step));
    order.forEach((pts, i) => expect(dts[i]).toBeLessThanOrEqual(pts));
  });

  it('are learned when the stream does not tell its depth', () => {
    const estimator = new DtsEstimator(0);
    const order = decodingOrder(20, 3, true);
    const dts = order.map((pts) => estimator.next(pts));
    expect(estimator.depth).toBe(2);
    const late = order.filter((pts, i) => (dts[i] ?? 0) > pts);
    expect(late.length).toBeLessThanOrEqual(3);
  });

  it('begin afresh after a jump of the clock', () => {
    const estimator = new DtsEstimator(0);
    expect([1e9, 1e9 + step, 5000, 45_000].map((pts) => estimator.next(pts))).toEqual([1e9, 1e9 + step, 5000, 45_000]);
  });

  it('always rise between jumps, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900_000 })), fc.integer({ min: 0, max: 20 }), (times, depth) => {
        const estimator = new DtsEstimator(depth);
        let last = -Infinity;
        for (const pts of times) {
          const dts = estimator.next(pts);
          expect(dts).toBeGreaterThan(last);
          last = dts;
        }
      }),
    );
  });
});
