/** Which days, what a point and a round are, and what counts as being there. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awayFrom, checkInProblem, isDue, outOfOrder, pointStateOf, roundStateOf } from '../src/rules.ts';

describe('a due day', () => {
  const monday = Date.UTC(2026, 10, 2);
  const days = Array.from({ length: 7 }, (_, i) => new Date(monday + i * 86_400_000).toISOString().slice(0, 10));
  it('of weekdays is each of them, Monday first, worked or not', () => {
    for (const [i, day] of days.entries()) {
      for (const weekday of [1, 2, 3, 4, 5, 6, 7]) {
        for (const working of [true, false]) {
          expect(isDue({ kind: 'weekdays', weekdays: [weekday] }, day, working)).toBe(weekday === i + 1);
        }
      }
    }
  });
  it('of working days is what the calendar says', () => {
    for (const day of days) {
      expect(isDue({ kind: 'working' }, day, true)).toBe(true);
      expect(isDue({ kind: 'working' }, day, false)).toBe(false);
    }
  });
});

const time = fc.integer({ min: 0, max: 100 });
const maybe = fc.option(time, { nil: null });
const round = fc
  .tuple(time, fc.integer({ min: 1, max: 50 }), maybe)
  .map(([startsAtMs, long, calledOffMs]) => ({ startsAtMs, endsAtMs: startsAtMs + long, calledOffMs }));

describe('states', () => {
  it.each([
    [5, null, null, 'waiting', 'upcoming'],
    [10, null, null, 'waiting', 'open'],
    [20, null, null, 'waiting', 'open'],
    [21, null, null, 'missed', 'missed'],
    [21, null, 15, 'done', 'complete'],
    [15, 12, null, 'called-off', 'called-off'],
    [25, 12, null, 'called-off', 'called-off'],
    [25, 12, 11, 'done', 'complete'],
  ] as const)('at %i, called off %s, done %s: %s, %s', (nowMs, calledOffMs, doneAtMs, point, whole) => {
    const facts = { startsAtMs: 10, endsAtMs: 20, calledOffMs };
    expect(pointStateOf({ doneAtMs }, facts, nowMs)).toBe(point);
    expect(roundStateOf(facts, [{ doneAtMs }], nowMs)).toBe(whole);
  });
  it('of a round follow those of its points', () => {
    fc.assert(
      fc.property(round, fc.array(maybe, { minLength: 1, maxLength: 6 }), time, (facts, done, nowMs) => {
        const points = done.map((doneAtMs) => ({ doneAtMs }));
        const states = points.map((p) => pointStateOf(p, facts, nowMs));
        const whole = roundStateOf(facts, points, nowMs);
        expect(whole === 'complete').toBe(states.every((s) => s === 'done'));
        expect(whole === 'missed').toBe(states.includes('missed'));
        expect(whole === 'called-off').toBe(states.includes('called-off'));
        expect(whole === 'open' || whole === 'upcoming').toBe(states.includes('waiting'));
      }),
    );
  });
  it('stay once a point is missed or done, whatever time passes', () => {
    fc.assert(
      fc.property(round, maybe, time, time, (facts, doneAtMs, one, more) => {
        const before = pointStateOf({ doneAtMs }, facts, one);
        const after = pointStateOf({ doneAtMs }, facts, one + more);
        expect(before === 'waiting' || after === before).toBe(true);
      }),
    );
  });
});

describe('the order', () => {
  it('is kept by times that rise, with points left out', () => {
    fc.assert(
      fc.property(fc.array(maybe), (done) => {
        const rising = done.filter((d) => d !== null).toSorted((a, b) => a - b);
        let next = 0;
        const sorted = done.map((d) => (d === null ? null : (rising[next++] ?? 0)));
        expect(outOfOrder(sorted).includes(true)).toBe(false);
      }),
    );
  });
  it('is broken exactly at points before which something was done later', () => {
    fc.assert(
      fc.property(fc.array(maybe), (done) => {
        expect(outOfOrder(done)).toEqual(
          done.map((at, i) => at !== null && done.slice(0, i).some((before) => before !== null && before > at)),
        );
      }),
    );
  });
});

describe('being there', () => {
  const good = {
    startsAtMs: 10,
    endsAtMs: 20,
    calledOffMs: null,
    how: 'position',
    done: false,
    atMs: 15,
    accuracyM: 20,
    awayM: 30,
    radiusM: 50,
  } as const;
  it.each([
    [{}, null],
    [{ atMs: 10 }, null],
    [{ atMs: 20 }, null],
    [{ atMs: 9 }, 'own-time'],
    [{ atMs: 21 }, 'own-time'],
    [{ done: true }, 'not-done-yet'],
    [{ calledOffMs: 14 }, 'called-off'],
    [{ calledOffMs: 15 }, null],
    [{ accuracyM: 100 }, null],
    [{ accuracyM: 101 }, 'accurate-enough'],
    [{ accuracyM: null }, 'accurate-enough'],
    [{ awayM: 50 }, null],
    [{ awayM: 51 }, 'near-enough'],
    [{ how: 'photo', accuracyM: null, awayM: null }, null],
    [{ how: 'photo', accuracyM: 900, awayM: 900 }, null],
    [{ how: 'photo', atMs: 21 }, 'own-time'],
    [{ how: 'photo', done: true }, 'not-done-yet'],
    [{ how: 'photo', calledOffMs: 14 }, 'called-off'],
  ] as const)('with %o: %s', (change, problem) => {
    expect(checkInProblem({ ...good, ...change })).toBe(problem);
  });
  it('is measured in metres, the same both ways', () => {
    const place = fc.record({
      lon: fc.double({ min: 119, max: 120, noNaN: true }),
      lat: fc.double({ min: 31, max: 32, noNaN: true }),
    });
    fc.assert(
      fc.property(place, place, (a, b) => {
        expect(awayFrom(a, b)).toBe(awayFrom(b, a));
        expect(awayFrom(a, a)).toBe(0);
      }),
    );
    expect(awayFrom({ lon: 119.5, lat: 31.4 }, { lon: 119.5, lat: 31.401 })).toBe(111);
  });
});
