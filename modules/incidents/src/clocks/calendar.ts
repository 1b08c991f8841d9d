/**
 * Working time: several segments a day, days off, make-up workdays (调休), in a zone that may change its clocks.
 * Pure. Each year becomes a list of working intervals with running sums, so that a question is two binary searches.
 */
import { momentAt, offsetMs } from '../import/zoned-time.ts';

/** Minutes of the local day, `fromMin` inclusive, `toMin` exclusive, 0–1440. */
export interface Segment {
  readonly fromMin: number;
  readonly toMin: number;
}
/** A day that is not like its weekday; without own segments a workday has those of a full weekday. */
export interface DayRule {
  readonly kind: 'off' | 'work';
  readonly name: string;
  readonly segments?: readonly Segment[] | undefined;
}
export interface CalendarFacts {
  /** IANA zone of the town. */
  readonly zone: string;
  /** Monday first; no segments: a day off. */
  readonly weekly: readonly (readonly Segment[])[];
  /** By `YYYY-MM-DD`. */
  readonly days: ReadonlyMap<string, DayRule>;
  /** Years whose holidays are known; others are reckoned by weekdays alone. */
  readonly years: ReadonlySet<number>;
}

export interface WorkingCalendar {
  readonly facts: CalendarFacts;
  /**
   * The first moment at which so much working time has passed since the start.
   *
   * @throws RangeError when the calendar has no working time for decades
   */
  add(startMs: number, durationMs: number): number;
  /** Working time from one moment up to another, 0 where the second is not later. */
  between(fromMs: number, toMs: number): number;
  /** Years that the span touches and whose holidays nobody entered. */
  unknownYears(fromMs: number, toMs: number): number[];
  segmentsOf(day: string): readonly Segment[];
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
const patienceYears = 30;

interface YearTable {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Working time of the year before each interval. */
  readonly before: Float64Array;
  readonly totalMs: number;
}

export function makeCalendar(facts: CalendarFacts): WorkingCalendar {
  const { zone, weekly, days, years } = facts;
  const tables = new Map<number, YearTable>();
  const fullDay = weekly.find((segments) => segments.length > 0) ?? [];

  const segmentsOf = (day: string): readonly Segment[] => {
    const rule = days.get(day);
    const ofWeek = weekly[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? [];
    if (!rule) return ofWeek;
    if (rule.kind === 'off') return [];
    return rule.segments ?? (ofWeek.length > 0 ? ofWeek : fullDay);
  };

  const tableOf = (year: number): YearTable => {
    let table = tables.get(year);
    if (!table) {
      table = makeTable(zone, year, segmentsOf);
      tables.set(year, table);
    }
    return table;
  };
  const starts = new Map<number, number>();
  const startOf = (year: number): number => {
    let ms = starts.get(year);
    if (ms === undefined) {
      ms = momentAt(zone, Date.UTC(year, 0, 1));
      starts.set(year, ms);
    }
    return ms;
  };
  /** Of the town's clocks; asking the zone itself each time would take longer than all the rest. */
  const yearAt = (ms: number): number => {
    const year = new Date(ms).getUTCFullYear();
    if (ms < startOf(year)) return year - 1;
    return ms >= startOf(year + 1) ? year + 1 : year;
  };

  return {
    facts,
    segmentsOf,
    add(startMs, durationMs) {
      if (durationMs <= 0) return startMs;
      let year = yearAt(startMs);
      let left = workedBefore(tableOf(year), startMs) + durationMs;
      for (let patience = patienceYears; patience > 0; patience--) {
        const table = tableOf(year);
        if (table.totalMs >= left) {
          const i = firstReaching(table, left);
          return (table.starts[i] ?? 0) + left - (table.before[i] ?? 0);
        }
        left -= table.totalMs;
        year += 1;
      }
      throw new RangeError('the working calendar has no working time');
    },
    between(fromMs, toMs) {
      if (toMs <= fromMs) return 0;
      const last = yearAt(toMs);
      let year = yearAt(fromMs);
      let sum = -workedBefore(tableOf(year), fromMs);
      for (; year < last; year++) sum += tableOf(year).totalMs;
      return sum + workedBefore(tableOf(last), toMs);
    },
    unknownYears(fromMs, toMs) {
      const missing: number[] = [];
      for (let year = yearAt(fromMs); year <= yearAt(toMs); year++) if (!years.has(year)) missing.push(year);
      return missing;
    },
  };
}

/** Working intervals of a local year. Where the zone changes its clocks, each part is laid by its own offset. */
function makeTable(zone: string, year: number, segmentsOf: (day: string) => readonly Segment[]): YearTable {
  const starts: number[] = [];
  const ends: number[] = [];
  const yearStart = Date.UTC(year, 0, 1);
  const yearEnd = Date.UTC(year + 1, 0, 1);
  for (const { fromMs, toMs, offset } of piecesOf(zone, yearStart - dayMs, yearEnd + dayMs)) {
    const localFrom = Math.max(fromMs + offset, yearStart);
    const localTo = Math.min(toMs + offset, yearEnd);
    for (let day = Math.floor(localFrom / dayMs) * dayMs; day < localTo; day += dayMs) {
      for (const { fromMin, toMin } of segmentsOf(new Date(day).toISOString().slice(0, 10))) {
        const from = Math.max(day + fromMin * minuteMs, localFrom);
        const to = Math.min(day + toMin * minuteMs, localTo);
        if (from >= to) continue;
        starts.push(from - offset);
        ends.push(to - offset);
      }
    }
  }
  const before = new Float64Array(starts.length);
  let totalMs = 0;
  for (let i = 0; i < starts.length; i++) {
    before[i] = totalMs;
    totalMs += (ends[i] ?? 0) - (starts[i] ?? 0);
  }
  return { starts: Float64Array.from(starts), ends: Float64Array.from(ends), before, totalMs };
}

/** Stretches of UTC in which the zone keeps one offset. */
function piecesOf(zone: string, fromMs: number, toMs: number): { fromMs: number; toMs: number; offset: number }[] {
  const pieces: { fromMs: number; toMs: number; offset: number }[] = [];
  let start = fromMs;
  let offset = offsetMs(zone, fromMs);
  for (let at = fromMs; at < toMs; at += dayMs) {
    const next = Math.min(at + dayMs, toMs);
    const then = offsetMs(zone, next);
    if (then === offset) continue;
    let low = at;
    let high = next;
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (offsetMs(zone, middle) === offset) low = middle;
      else high = middle;
    }
    pieces.push({ fromMs: start, toMs: high, offset });
    start = high;
    offset = then;
  }
  pieces.push({ fromMs: start, toMs, offset });
  return pieces;
}

function workedBefore(table: YearTable, ms: number): number {
  const { starts, ends, before } = table;
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return 0;
  const i = low - 1;
  return (before[i] ?? 0) + Math.min(ms, ends[i] ?? 0) - (starts[i] ?? 0);
}

/** The interval within which so much working time of the year has passed. */
function firstReaching({ starts, ends, before }: YearTable, ms: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((before[middle] ?? 0) + (ends[middle] ?? 0) - (starts[middle] ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
