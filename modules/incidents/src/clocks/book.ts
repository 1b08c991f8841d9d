/** Limits, ladders and calendar in memory, under the version that they share with the categories. */
import { type Runtime, sql, type Tx } from '@wangge/kernel';
import type { ClockPhase, Ladder, LadderStep, Limit } from '../contract/clocks.ts';
import type { Severity } from '../states.ts';
import { type CalendarFacts, type DayRule, makeCalendar, type Segment, type WorkingCalendar } from './calendar.ts';
import { deadlineOf } from './clock.ts';
import { defaultLadders } from './default-ladders.ts';
import { warnOf } from './ladder.ts';
import { any, limitFor, type LimitedCategory, limitTable, type LimitTable } from './limits.ts';
import { daysFrom, type OfficialYear, officialYears } from './official-years.ts';

export interface ClockBook {
  readonly version: string;
  readonly limits: readonly Limit[];
  readonly table: LimitTable;
  readonly ladders: readonly Ladder[];
  readonly calendar: WorkingCalendar;
  /** Years whose holidays are known; the town's own entry before the release's. */
  readonly years: readonly (OfficialYear & { readonly builtIn: boolean })[];
  readonly ownDays: ReadonlyMap<string, DayRule>;
  ladderOf(phase: ClockPhase, severity: Severity): readonly LadderStep[];
}

const half = (hour: number, minute = 0): number => hour * 60 + minute;
/** Office hours until the town sets its own. */
const officeDay: readonly Segment[] = [
  { fromMin: half(8, 30), toMin: half(12) },
  { fromMin: half(14), toMin: half(17, 30) },
];
const defaultWeek: readonly (readonly Segment[])[] = [officeDay, officeDay, officeDay, officeDay, officeDay, [], []];

const books = new WeakMap<Runtime, ClockBook>();

interface YearRow {
  readonly year: number;
  readonly source: string;
  readonly days: Pick<OfficialYear, 'off' | 'work'>;
}
interface DayRow {
  readonly day: string;
  readonly kind: DayRule['kind'];
  readonly name: string;
  readonly segments: Segment[] | null;
}

/** As the database has it under this version, which the caller has just read. */
export async function clockBookAt(tx: Tx, version: string): Promise<ClockBook> {
  const known = books.get(tx.rt);
  if (known?.version === version) return known;
  const limits = await tx.rows<Limit>(sql`select category_code as "categoryCode", severity, phase, minutes, mode
    from incidents_limits order by category_code, severity, phase`);
  const ladders = await tx.rows<Ladder>(
    sql`select phase, severity, steps from incidents_ladders order by phase, severity`,
  );
  const week = await tx.maybe<{ weekly: Segment[][] }>(sql`select weekly from incidents_calendar_week`);
  const years = await tx.rows<YearRow>(sql`select year, source, days from incidents_calendar_years`);
  const days = await tx.rows<DayRow>(sql`select day::text as day, kind, name, segments from incidents_calendar_days`);
  const book = makeBook(version, tx.rt.config.zone, { limits, ladders, weekly: week?.weekly ?? null, years, days });
  books.set(tx.rt, book);
  return book;
}

/** From what the town set and what the release knows. Pure. */
export function makeBook(
  version: string,
  zone: string,
  own: {
    readonly limits: readonly Limit[];
    readonly ladders: readonly Ladder[];
    readonly weekly: readonly (readonly Segment[])[] | null;
    readonly years: readonly YearRow[];
    readonly days: readonly DayRow[];
  },
): ClockBook {
  const ownYears = new Set(own.years.map((y) => y.year));
  const years = [
    ...officialYears.filter((y) => !ownYears.has(y.year)).map((y) => ({ ...y, builtIn: true })),
    ...own.years.map(({ year, source, days }) => ({ year, source, ...days, builtIn: false })),
  ].toSorted((a, b) => a.year - b.year);
  const ownDays = new Map(
    own.days.map(({ day, kind, name, segments }) => [day, { kind, name, ...(segments ? { segments } : {}) }]),
  );
  const rules = new Map<string, DayRule>();
  for (const { off, work } of years) {
    for (const { from, to, name } of off) for (const day of daysFrom(from, to)) rules.set(day, { kind: 'off', name });
    for (const day of work) rules.set(day, { kind: 'work', name: '调休上班' });
  }
  for (const [day, rule] of ownDays) rules.set(day, rule);
  const facts: CalendarFacts = {
    zone,
    weekly: own.weekly ?? defaultWeek,
    days: rules,
    years: new Set(years.map((y) => y.year)),
  };
  const byKey = new Map(own.ladders.map((l) => [`${l.phase}|${l.severity}`, l.steps]));
  return {
    version,
    limits: own.limits,
    table: limitTable(own.limits),
    ladders: own.ladders,
    calendar: makeCalendar(facts),
    years,
    ownDays,
    ladderOf: (phase, severity) =>
      byKey.get(`${phase}|${severity}`) ?? byKey.get(`${phase}|${any}`) ?? defaultLadders[phase],
  };
}

/** End and warning of a handling clock that starts at a moment. From memory, for each report. */
export function limitsAt(
  book: ClockBook,
  category: LimitedCategory,
  severity: Severity,
  startMs: number,
): { deadlineMs: number; warnMs: number } {
  const rule = limitFor(book.table, category, severity, 'handle') ?? { minutes: 1, mode: 'calendar' };
  const clock = { startMs, rule, pauses: [], extensions: [] };
  const deadlineMs = deadlineOf(book.calendar, clock) ?? startMs;
  return { deadlineMs, warnMs: warnOf(book.calendar, clock, book.ladderOf('handle', severity)) ?? deadlineMs };
}
