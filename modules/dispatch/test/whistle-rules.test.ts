/** The whistle's table, written once more as words, against the code; and what must hold for any times. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whistleStateNames } from '../src/contract.ts';
import {
  awayFrom,
  checkWhistle,
  mayWhistle,
  presenceOf,
  type WhistleAct,
  type WhistleFacts,
  whistleArrows,
  whistleHats,
  worstAccuracyM,
} from '../src/whistle/rules.ts';

const table: Record<WhistleAct, { from: readonly string[]; by: string; to: string }> = {
  sound: { from: ['asked'], by: 'town', to: 'sounded' },
  decline: { from: ['asked'], by: 'town', to: 'declined' },
  'report-in': { from: ['sounded', 'ended'], by: 'called', to: 'same' },
  word: { from: ['sounded'], by: 'town', to: 'same' },
  end: { from: ['sounded'], by: 'town', to: 'ended' },
  rate: { from: ['ended'], by: 'town', to: 'same' },
};
/** Lets every guard through. */
const fine: Omit<WhistleFacts, 'state'> = {
  reason: '人手够了',
  departments: 2,
  hasPlace: true,
  called: true,
  present: false,
  rated: false,
  name: '张三',
  atMs: 5,
  endedMs: 10,
  accuracyM: 12,
  awayM: 30,
  radiusM: 200,
};
const acts = Object.keys(whistleArrows) as WhistleAct[];

describe.each(acts)('%s', (act) => {
  const row = table[act];
  it.each(whistleStateNames)('from %s', (state) => {
    for (const hat of whistleHats) {
      const expected = !row.from.includes(state)
        ? { ok: false, code: 'move-not-allowed', guard: null }
        : row.by !== hat
          ? { ok: false, code: 'forbidden', guard: null }
          : { ok: true, to: row.to === 'same' ? state : row.to };
      expect(checkWhistle(act, [hat], { state, ...fine })).toEqual(expected);
    }
  });
  it('is refused where one of its conditions fails, and not offered then', () => {
    const wrong: Partial<Record<string, Partial<WhistleFacts>>> = {
      reason: { reason: ' ' },
      departments: { departments: 0 },
      place: { hasPlace: false },
      called: { called: false },
      'not-here-yet': { present: true },
      'not-rated-yet': { rated: true },
      name: { name: '' },
      'before-the-end': { atMs: 11 },
      'accurate-enough': { accuracyM: worstAccuracyM + 1 },
      'near-enough': { awayM: 201 },
    };
    const state = whistleArrows[act].from[0] ?? 'asked';
    const by = [whistleArrows[act].by];
    for (const guard of whistleArrows[act].guards) {
      const facts = { state, ...fine, ...wrong[guard] };
      expect(checkWhistle(act, by, facts)).toEqual({ ok: false, code: 'guard-failed', guard });
      expect(mayWhistle(act, by, facts)).toBe(false);
    }
    // Nothing known yet: a button, but no move.
    expect(mayWhistle(act, by, { state })).toBe(true);
    expect(checkWhistle(act, by, { state }).ok).toBe(whistleArrows[act].guards.length === 0);
  });
});

describe('presence', () => {
  const time = fc.integer({ min: 0, max: 10_000 });
  it('is in time up to the last moment, and one that came never becomes absent', () => {
    fc.assert(
      fc.property(time, fc.option(time, { nil: null }), fc.option(time, { nil: null }), time, (dueMs, at, end, now) => {
        const inTime = (ms: number, yes: string, no: string) => (ms <= dueMs ? yes : no);
        const expected =
          at !== null
            ? inTime(at, 'present', 'present-late')
            : end !== null
              ? 'absent'
              : inTime(now, 'awaited', 'late');
        expect(presenceOf({ presentMs: at }, { dueMs, endedMs: end }, now)).toBe(expected);
      }),
    );
  });
  it('only gets worse while one waits', () => {
    fc.assert(
      fc.property(time, time, time, (dueMs, a, b) => {
        const rank = { awaited: 0, late: 1, present: -1, 'present-late': -1, absent: 2 };
        const at = (now: number) => rank[presenceOf({ presentMs: null }, { dueMs, endedMs: null }, now)];
        expect(at(Math.max(a, b))).toBeGreaterThanOrEqual(at(Math.min(a, b)));
      }),
    );
  });
});

it('measures the way to the place in whole metres', () => {
  const place = { lon: 119.5, lat: 31.4 };
  expect(awayFrom(place, place)).toBe(0);
  expect(awayFrom(place, { lon: 119.5, lat: 31.401 })).toBeGreaterThan(105);
  expect(awayFrom(place, { lon: 119.5, lat: 31.401 })).toBeLessThan(117);
});
