import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClockGroup } from '../src/index.ts';

describe('clocks', () => {
  test('times count on over the wrap of the stamps', () => {
    const start = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 90_000 * 5 }), (first, step) => {
        const clock = new ClockGroup().add(90_000, true);
        const stepUs = (step * 1e6) / 90_000;
        for (let index = 0; index < 50; index += 1) {
          const us = clock.toUs((first + index * step) >>> 0, 1000 + index * stepUs);
          expect(Math.abs(us - 1000 - index * stepUs)).toBeLessThan(1);
        }
        expect(clock.jumps).toBe(0);
      }),
    );
  });

  test('a day of stamps stays exact to the microsecond', () => {
    const clock = new ClockGroup().add(90_000, true);
    let us = 0;
    for (let second = 0; second <= 86_400; second += 1) us = clock.toUs((second * 90_000) >>> 0, second * 1e6);
    expect(us).toBe(86_400e6);
  });

  test.for([90_000 * 3600, -90_000 * 60])('a clock that jumps by %i ticks does not make the times jump', (jump) => {
    const clock = new ClockGroup().add(90_000, true);
    clock.toUs(1_000_000, 0);
    clock.toUs(1_003_600, 40_000);
    const after = clock.toUs((1_007_200 + jump) >>> 0, 80_000);
    expect(after).toBe(80_000);
    expect(clock.toUs((1_010_800 + jump) >>> 0, 120_000)).toBe(120_000);
    expect(clock.jumps).toBe(1);
  });

  test('a pause of a camera whose clock goes on is no jump, nor is a burst after a stall', () => {
    const clock = new ClockGroup().add(90_000, true);
    clock.toUs(0, 0);
    expect(clock.toUs(90_000 * 60, 60e6)).toBe(60e6);
    expect(clock.toUs(90_000 * 60 + 3600, 80e6)).toBe(60_040_000);
    expect(clock.jumps).toBe(0);
  });

  test('sender reports tie the sound to the pictures', () => {
    const group = new ClockGroup();
    const video = group.add(90_000, true);
    const audio = group.add(8000, false);
    video.toUs(0, 0);
    // The sound arrived 300 ms after the pictures though it was recorded with them.
    audio.toUs(0, 300_000);
    const wallUs = 1.7e15;
    audio.onSenderReport(wallUs, 0);
    video.onSenderReport(wallUs, 0);
    expect(audio.toUs(160, 320_000)).toBe(20_000);
    expect(video.toUs(3600, 40_000)).toBe(40_000);
  });

  test('reports that would move the sound by minutes are rubbish', () => {
    const group = new ClockGroup();
    const video = group.add(90_000, true);
    const audio = group.add(8000, false);
    video.toUs(0, 0);
    audio.toUs(0, 0);
    video.onSenderReport(1.7e15, 0);
    audio.onSenderReport(1.7e15 + 3600e6, 0);
    expect(audio.toUs(160, 20_000)).toBe(20_000);
  });

  test('a clock rate must be positive', () => {
    expect(() => new ClockGroup().add(0, true)).toThrow(RangeError);
  });
});
