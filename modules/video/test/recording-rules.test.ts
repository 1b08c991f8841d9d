import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge, localTime, shouldRecord, storagePlan } from '../src/record/rules.ts';

describe('when a camera is recorded', () => {
  const span = (weekdays: number[], fromMin: number, toMin: number) => ({ weekdays, fromMin, toMin });
  it.each([
    ['always', [], 1, 0, true],
    ['off', [span([1], 0, 1440)], 1, 60, false],
    ['schedule', [span([1], 540, 600)], 1, 540, true],
    ['schedule', [span([1], 540, 600)], 1, 600, false],
    ['schedule', [span([1], 540, 600)], 2, 550, false],
    // From Sunday evening into Monday morning.
    ['schedule', [span([7], 1320, 360)], 7, 1319, false],
    ['schedule', [span([7], 1320, 360)], 7, 1439, true],
    ['schedule', [span([7], 1320, 360)], 1, 0, true],
    ['schedule', [span([7], 1320, 360)], 1, 360, false],
    ['schedule', [span([7], 1320, 360)], 7, 100, false],
    ['schedule', [span([3], 0, 1440)], 3, 1439, true],
    ['schedule', [span([3], 0, 1440)], 4, 0, false],
  ] as const)('%s %j on day %i at minute %i: %s', (mode, spans, weekday, minute, wanted) => {
    const plan = { mode, spans: spans.map((one) => ({ ...one, weekdays: [...one.weekdays] })) };
    expect(shouldRecord(plan, { weekday, minute })).toBe(wanted);
  });

  it('is judged by the clock in the town', () => {
    expect(localTime('Asia/Shanghai', Date.UTC(2026, 10, 1, 16))).toEqual({ weekday: 1, minute: 0 });
    expect(localTime('Asia/Shanghai', Date.UTC(2026, 10, 1, 15, 59))).toEqual({ weekday: 7, minute: 1439 });
  });

  it('covers as many minutes as its span has, in whatever way it lies', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 1, max: 1440 }),
        fc.integer({ min: 1, max: 7 }),
        (fromMin, toMin, day) => {
          let minutes = 0;
          for (let weekday = 1; weekday <= 7; weekday++) {
            for (let minute = 0; minute < 1440; minute++) {
              if (shouldRecord({ mode: 'schedule', spans: [span([day], fromMin, toMin)] }, { weekday, minute }))
                minutes++;
            }
          }
          expect(minutes).toBe(toMin > fromMin ? toMin - fromMin : 1440 - fromMin + toMin);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('what may be deleted', () => {
  it('is nothing that is locked or below its floor, whatever else holds', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.integer({ min: 1, max: 365 }),
        fc.integer({ min: 0, max: 300 }),
        fc.double({ min: 0, max: 700, noNaN: true }),
        (locked, floorDays, more, days) => {
          const verdict = judge({ endMs: 0, locked, floorDays, ceilingDays: floorDays + more }, days * 86_400_000);
          const unlocked = days >= floorDays + more ? 'ceiling' : 'spare';
          const wanted = days < floorDays ? 'floor' : unlocked;
          expect(verdict).toBe(locked ? 'locked' : wanted);
        },
      ),
    );
  });
});

it('plans a disk', () => {
  // Forty cameras of 2 Mbit/s for thirty days: 25.9 TB, on a disk with room for the rest.
  const { bytes, diskBytes } = storagePlan({ cameras: 40, days: 30, kbitPerS: 2000 });
  expect(bytes / 1e12).toBeCloseTo(26.2, 1);
  expect(diskBytes).toBeGreaterThan(bytes);
});
