/** Working time: the known answers, and a reference that walks minute by minute. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBook } from '../src/clocks/book.ts';
import { type CalendarFacts, type DayRule, makeCalendar, type Segment } from '../src/clocks/calendar.ts';
import { type ClockFacts, deadlineOf, momentAt, ranMs } from '../src/clocks/clock.ts';
import { stepsOf } from '../src/clocks/ladder.ts';
import { type LadderStep, segmentsSchema } from '../src/contract/clocks.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const town = 'Asia/Shanghai';
const at = (text: string, offset = '+08:00'): number => Date.parse(`${text}:00${offset}`);
const officeDay: Segment[] = [{ fromMin: 8 * 60, toMin: 18 * 60 }];
const week = [officeDay, officeDay, officeDay, officeDay, officeDay, [], []];
/** Eight to six on weekdays, with the holidays that the release knows. */
const office = makeBook('v', town, { limits: [], ladders: [], weekly: week, years: [], days: [] }).calendar;

describe('known answers', () => {
  it('four hours from Monday 17:00 are due on Tuesday at 11:00, an hour before is 10:00', () => {
    const clock: ClockFacts = {
      startMs: at('2026-11-02T17:00'),
      rule: { minutes: 240, mode: 'working' },
      pauses: [],
      extensions: [],
    };
    expect(deadlineOf(office, clock)).toBe(at('2026-11-03T11:00'));
    const step: LadderStep = { unit: 'minutes', at: -60, act: 'remind', who: [], repeatMin: null };
    expect(stepsOf(office, clock, [step])[0]).toMatchObject({ atMs: at('2026-11-03T10:00'), late: false });
  });

  it.each([
    ['2025-10-11', true],
    ['2026-02-14', true],
    ['2026-10-10', true],
    ['2026-10-01', false],
    ['2026-02-16', false],
    ['2026-11-21', false],
    ['2026-11-23', true],
  ])('%s is worked: %s', (day, worked) => {
    expect(office.segmentsOf(day).length > 0).toBe(worked);
    expect(office.between(at(`${day}T00:00`), at(`${day}T23:59`))).toBe(worked ? 10 * hourMs : 0);
  });

  it('skips the National Day holiday and works the Saturday after it', () => {
    expect(office.add(at('2026-09-30T17:00'), 2 * hourMs)).toBe(at('2026-10-08T09:00'));
    expect(office.add(at('2026-10-09T17:00'), 2 * hourMs)).toBe(at('2026-10-10T09:00'));
  });

  it('ends with the day rather than with the next morning', () => {
    expect(office.add(at('2026-11-02T17:00'), hourMs)).toBe(at('2026-11-02T18:00'));
    expect(office.add(at('2026-11-01T12:00'), 1)).toBe(at('2026-11-02T08:00') + 1);
    expect(office.add(at('2026-11-01T12:00'), 0)).toBe(at('2026-11-01T12:00'));
  });

  it('says which years of a span nobody entered', () => {
    expect(office.unknownYears(at('2026-12-01T00:00'), at('2026-12-31T00:00'))).toEqual([]);
    expect(office.unknownYears(at('2026-12-01T00:00'), at('2027-01-01T00:00'))).toEqual([2027]);
  });

  it('refuses to look for ever in a calendar without working time', () => {
    const never = makeCalendar({ zone: town, weekly: [], days: new Map(), years: new Set() });
    expect(() => never.add(0, 1)).toThrow(RangeError);
    expect(never.between(0, 1e12)).toBe(0);
  });

  it('takes no segments that overlap, are empty or out of order', () => {
    const hours = (...pairs: [number, number][]) => pairs.map(([fromMin, toMin]) => ({ fromMin, toMin }));
    expect(segmentsSchema.safeParse(hours([480, 720], [720, 1080])).success).toBe(true);
    expect(segmentsSchema.safeParse(hours([480, 720], [719, 1080])).success).toBe(false);
    expect(segmentsSchema.safeParse(hours([840, 1080], [480, 720])).success).toBe(false);
    expect(segmentsSchema.safeParse(hours([480, 480])).success).toBe(false);
    expect(segmentsSchema.safeParse(hours([480, 1441])).success).toBe(false);
  });
});

/** Local day and minute of a moment, as the zone's clocks show it. */
function wall(zone: string): (ms: number) => { day: string; minute: number } {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return (ms) => {
    const [day = '', time = ''] = parts.format(ms).split(' ');
    return { day, minute: Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) };
  };
}

const segments = fc
  .uniqueArray(fc.integer({ min: 0, max: 48 }), { minLength: 0, maxLength: 6 })
  .map((cuts) => cuts.toSorted((a, b) => a - b))
  .map((cuts) =>
    Array.from({ length: Math.floor(cuts.length / 2) }, (_, i) => ({
      fromMin: (cuts[2 * i] ?? 0) * 30,
      toMin: (cuts[2 * i + 1] ?? 0) * 30,
    })),
  );

/** Two weeks around a change of the clocks in each zone, and a quiet fortnight. */
const spans = [
  { zone: town, from: Date.UTC(2026, 8, 25) },
  { zone: 'Europe/Berlin', from: Date.UTC(2026, 2, 22) },
  { zone: 'Europe/Berlin', from: Date.UTC(2026, 9, 18) },
  { zone: 'America/New_York', from: Date.UTC(2026, 2, 2) },
  { zone: 'Australia/Lord_Howe', from: Date.UTC(2026, 2, 28) },
];
const fortnightMin = 14 * 1440;

const worlds = fc
  .record({
    span: fc.constantFrom(...spans),
    weekly: fc.tuple(segments, segments, segments, segments, segments, segments, segments),
    special: fc.array(
      fc.record({
        dayIn: fc.integer({ min: 0, max: 15 }),
        kind: fc.constantFrom('off' as const, 'work' as const),
        segments: fc.option(segments, { nil: undefined }),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ span, weekly, special }) => {
    const days = new Map<string, DayRule>(
      special.map(({ dayIn, kind, segments: own }) => [
        new Date(span.from + dayIn * 1440 * minuteMs).toISOString().slice(0, 10),
        { kind, name: '', ...(own ? { segments: own } : {}) },
      ]),
    );
    const facts: CalendarFacts = { zone: span.zone, weekly, days, years: new Set([2026]) };
    return { facts, fromMs: span.from };
  });

const walls = new Map<string, { day: string; minute: number }[]>();
/** The wall clock of each minute of a span; formatting is what takes the time here. */
function wallsOf(zone: string, fromMs: number): { day: string; minute: number }[] {
  const key = `${zone} ${fromMs}`;
  let list = walls.get(key);
  if (!list) {
    const read = wall(zone);
    list = Array.from({ length: fortnightMin }, (_, i) => read(fromMs + i * minuteMs));
    walls.set(key, list);
  }
  return list;
}

/** For each minute of the span: is it worked, by the wall clock alone? */
function workedMinutes(facts: CalendarFacts, fromMs: number): boolean[] {
  const full = facts.weekly.find((s) => s.length > 0) ?? [];
  return wallsOf(facts.zone, fromMs).map(({ day, minute }) => {
    const ofWeek = facts.weekly[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? [];
    const rule = facts.days.get(day);
    const own = !rule ? ofWeek : rule.kind === 'off' ? [] : (rule.segments ?? (ofWeek.length > 0 ? ofWeek : full));
    return own.some((s) => minute >= s.fromMin && minute < s.toMin);
  });
}

describe('against a reference that walks minute by minute', () => {
  it('adds and measures alike, over changes of the clocks', () => {
    fc.assert(
      fc.property(
        worlds,
        fc.array(fc.tuple(fc.nat(fortnightMin - 1), fc.nat(fortnightMin - 1)), { minLength: 5, maxLength: 20 }),
        ({ facts, fromMs }, pairs) => {
          const calendar = makeCalendar(facts);
          const worked = workedMinutes(facts, fromMs);
          const sums = [0];
          for (const yes of worked) sums.push((sums.at(-1) ?? 0) + (yes ? 1 : 0));
          for (const [a, b] of pairs) {
            const [first, last] = a < b ? [a, b] : [b, a];
            const minutes = (sums[last] ?? 0) - (sums[first] ?? 0);
            const startMs = fromMs + first * minuteMs;
            expect(calendar.between(startMs, fromMs + last * minuteMs)).toBe(minutes * minuteMs);
            // The first minute's end by which so much was worked: the start itself where nothing was.
            const reached = sums.findIndex((sum, i) => i >= first && sum - (sums[first] ?? 0) === minutes);
            expect(calendar.add(startMs, minutes * minuteMs)).toBe(fromMs + reached * minuteMs);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reckons pauses and extensions alike', () => {
    fc.assert(
      fc.property(
        worlds,
        fc.constantFrom('working' as const, 'calendar' as const),
        fc.integer({ min: 1, max: 4000 }),
        fc.integer({ min: 0, max: 600 }),
        fc.array(fc.tuple(fc.nat(8000), fc.integer({ min: 1, max: 3000 })), { maxLength: 4 }),
        ({ facts, fromMs }, mode, minutes, more, stops) => {
          const calendar = makeCalendar(facts);
          const clock: ClockFacts = {
            startMs: fromMs,
            rule: { minutes, mode },
            pauses: stops.map(([from, length]) => ({
              fromMs: fromMs + from * minuteMs,
              toMs: fromMs + (from + length) * minuteMs,
              why: 'reporter',
            })),
            extensions: [{ ms: more * minuteMs, atMs: fromMs, askedBy: '甲', approvedBy: '乙', reason: '' }],
          };
          const worked = workedMinutes(facts, fromMs);
          const stands = (i: number): boolean => stops.some(([from, length]) => i >= from && i < from + length);
          let left = minutes + more;
          let i = 0;
          for (; i < fortnightMin && left > 0; i++) {
            if ((mode === 'calendar' || worked[i] === true) && !stands(i)) left -= 1;
          }
          if (left > 0) return;
          expect(deadlineOf(calendar, clock)).toBe(fromMs + i * minuteMs);
          expect(ranMs(calendar, clock, fromMs + i * minuteMs)).toBe((minutes + more) * minuteMs);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('has no moment behind a pause that stands, and one before it', () => {
    const clock: ClockFacts = {
      startMs: at('2026-11-02T09:00'),
      rule: { minutes: 120, mode: 'working' },
      pauses: [{ fromMs: at('2026-11-02T10:00'), toMs: null, why: 'reporter' }],
      extensions: [],
    };
    expect(deadlineOf(office, clock)).toBeNull();
    expect(momentAt(office, clock, 30 * minuteMs)).toBe(at('2026-11-02T09:30'));
    const late = { ...clock, pauses: [{ fromMs: at('2026-11-02T12:00'), toMs: null, why: 'reporter' as const }] };
    expect(deadlineOf(office, late)).toBe(at('2026-11-02T11:00'));
  });
});
