/** A report as rules look at it. */
import type { CategoryBook, WorkingCalendar } from '@wangge/incidents';
import type { IncidentSource } from '@wangge/incidents/contract';
import { localTimeIn } from '@wangge/kernel';
import type { ReportFacts } from './match-rule.ts';

const dayMs = 86_400_000;
const zones = new Map<string, (ms: number) => number>();

/** Minute of the town's day, and whether the day is worked by the town's calendar. */
function townTime(calendar: WorkingCalendar, ms: number): { minute: number; working: boolean } {
  const { zone } = calendar.facts;
  let local = zones.get(zone);
  if (!local) zones.set(zone, (local = localTimeIn(zone)));
  const at = local(ms);
  const day = Math.floor(at / dayMs);
  return {
    minute: Math.floor((at - day * dayMs) / 60_000),
    working: calendar.segmentsOf(new Date(day * dayMs).toISOString().slice(0, 10)).length > 0,
  };
}

export interface Reported {
  readonly categoryCode: string;
  readonly path: string;
  readonly source: IncidentSource;
  readonly description: string;
  readonly reportedMs: number;
}

export function reportFacts(book: CategoryBook, incident: Reported): ReportFacts {
  return {
    categoryCode: incident.categoryCode,
    parentCode: book.get(incident.categoryCode)?.parentCode ?? null,
    path: incident.path,
    source: incident.source,
    text: incident.description,
    time: () => townTime(book.clocks.calendar, incident.reportedMs),
  };
}
