/** Which way and when: the whole matrix of kinds and ways, and quiet hours against a minute-by-minute reference. */
import { localTimeIn } from '@wangge/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageKindNames, type PersonalChannel, personalChannelNames } from '../src/contract/kinds.ts';
import { afterQuiet, choicesFrom, defaultChoices, isQuiet, planDeliveries, retryDelayMs } from '../src/plan.ts';

const minuteMs = 60_000;
const local = localTimeIn('Asia/Shanghai');
/** A Monday, 00:00 in town. */
const midnight = Date.UTC(2026, 10, 1, 16);
const at = (hour: number, minute = 0): number => midnight + (hour * 60 + minute) * minuteMs;
const night = { fromMin: 22 * 60, toMin: 7 * 60 };

/** Every set of ways. */
const sets = Array.from({ length: 16 }, (_, bits) => personalChannelNames.filter((_c, i) => (bits >> i) & 1));

describe.each(messageKindNames)('a message of kind %s', (kind) => {
  it('goes the chosen ways that reach the person, after the quiet hours, and an emergency at once by any way', () => {
    for (const chosen of sets) {
      for (const reachable of sets) {
        const choices = { ...choicesFrom(undefined), [kind]: chosen };
        const both = reachable.filter((c) => chosen.includes(c));
        for (const quiet of [null, night]) {
          const plain = planDeliveries({ kind, urgent: false }, { choices, quiet, reachable }, at(23), local);
          const atMs = quiet ? at(31) : at(23);
          expect(plain).toEqual(both.map((channel) => ({ channel, atMs, fallback: [] })));
          const urgent = planDeliveries({ kind, urgent: true }, { choices, quiet, reachable }, at(23), local);
          const used = both.length > 0 ? both : reachable.slice(0, 1);
          expect(urgent.map((d) => d.channel)).toEqual(used);
          for (const delivery of urgent) expect(delivery.atMs).toBe(at(23));
          // Every way there is stands behind an emergency, each once.
          const all = [...urgent.map((d) => d.channel), ...urgent.flatMap((d) => d.fallback)];
          expect(all.toSorted()).toEqual(reachable.toSorted());
        }
      }
    }
  });
});

describe('quiet hours', () => {
  it.each([
    [at(21, 59), at(21, 59)],
    [at(22), at(31)],
    [at(23, 59), at(31)],
    [at(24), at(31)],
    [at(30, 59), at(31)],
    [at(31), at(31)],
  ])('over midnight: %i → %i', (nowMs, thenMs) => {
    expect(afterQuiet(night, nowMs, local)).toBe(thenMs);
  });
  const minute = fc.integer({ min: 0, max: 1439 });
  it.each([
    ['Asia/Shanghai', 0],
    // Where clocks are put forward or back in between it may be an hour off, never quiet for a day.
    ['Europe/Berlin', 60 * minuteMs],
  ])('end at the first minute that is not quiet (%s)', (zone, offMs) => {
    const time = localTimeIn(zone);
    const minuteAt = (ms: number): number => Math.floor(time(ms) / minuteMs) % 1440;
    fc.assert(
      fc.property(minute, minute, fc.integer({ min: 0, max: 365 * 1440 }), (fromMin, toMin, offset) => {
        fc.pre(fromMin !== toMin);
        const nowMs = Date.UTC(2026, 0, 1) + offset * minuteMs;
        let ms = nowMs;
        while (isQuiet({ fromMin, toMin }, minuteAt(ms))) ms += minuteMs;
        const found = afterQuiet({ fromMin, toMin }, nowMs, time);
        expect(Math.abs(found - ms)).toBeLessThanOrEqual(offMs);
      }),
    );
  });
});

describe('choices', () => {
  it('that were stored by another version are completed and cleaned', () => {
    expect(choicesFrom(null)).toEqual(defaultChoices);
    expect(choicesFrom({ order: ['sms', 'pigeon', 'push'], other: [] })).toEqual({
      ...defaultChoices,
      order: ['push', 'sms'] satisfies PersonalChannel[],
    });
  });
});

it('tries again later and later, never later than nineteen minutes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, random) => {
      const delay = retryDelayMs(n, random);
      expect(delay).toBeGreaterThanOrEqual(22_500);
      expect(delay).toBeLessThanOrEqual(1_125_000);
    }),
  );
});
