/** The working calendar as an administrator keeps it, and the years that are missing from it. */
import { AppError } from '@wangge/contract-kit';
import { dayIn, type JobHandler, sql, type Tx } from '@wangge/kernel';
import { tellAccounts } from '@wangge/notify';
import { membersFor } from '@wangge/staff';
import { currentBook } from '../../categories/book.ts';
import type { CalendarDay, CalendarWarning, Recompute } from '../../contract/clocks.ts';
import type { ClockBook } from '../book.ts';
import type { Segment } from '../calendar.ts';
import { daysFrom, type OfficialYear } from '../official-years.ts';
import { lastRecompute } from '../recompute.ts';
import { rulesChanged } from './edit-limits.ts';

const permission = 'incidents.edit-categories';

interface CalendarView {
  zone: string;
  year: number;
  weekly: Segment[][];
  years: { year: number; source: string; builtIn: boolean }[];
  days: CalendarDay[];
  workdays: number;
  warnings: CalendarWarning[];
  recompute: Recompute | null;
}

export async function readCalendar(tx: Tx, asked: number | undefined): Promise<CalendarView> {
  const { clocks } = await currentBook(tx);
  const { facts, segmentsOf } = clocks.calendar;
  const year = asked ?? thisYear(tx);
  const prefix = `${year}-`;
  const days = [...facts.days]
    .filter(([day]) => day.startsWith(prefix))
    .map(([day, rule]) => ({
      day,
      kind: rule.kind,
      name: rule.name,
      segments: rule.segments ? [...rule.segments] : null,
      own: clocks.ownDays.has(day),
    }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const all = daysFrom(`${year}-01-01`, `${year}-12-31`);
  return {
    zone: facts.zone,
    year,
    weekly: facts.weekly.map((segments) => [...segments]),
    years: clocks.years.map(({ year: y, source, builtIn }) => ({ year: y, source, builtIn })),
    days,
    workdays: all.filter((day) => segmentsOf(day).length > 0).length,
    warnings: await warningsOf(tx, clocks),
    recompute: await lastRecompute(tx),
  };
}

function thisYear(tx: Tx): number {
  return Number(dayIn(tx.rt.config.zone, tx.nowMs).slice(0, 4));
}

/** This year and the next must be known; the notice of the next comes in November. */
async function warningsOf(tx: Tx, clocks: ClockBook): Promise<CalendarWarning[]> {
  const today = dayIn(tx.rt.config.zone, tx.nowMs);
  const year = Number(today.slice(0, 4));
  const latest = await tx.one<{ year: number | null }>(sql`select extract(year from max(deadline_at)
    at time zone ${tx.rt.config.zone})::int as year from incidents_clocks where stopped_at is null`);
  const known = clocks.calendar.facts.years;
  return [year, year + 1]
    .filter((each) => !known.has(each))
    .map((each) => ({
      year: each,
      urgency: each === year || today.slice(5) >= '11-01' || (latest.year ?? 0) >= each ? 'now' : 'soon',
      message: {
        zh: `${each} 年的节假日与调休安排尚未录入，跨入该年的工作时间时限只按周一至周日的作息推算。`,
        en: `The holidays and make-up workdays of ${each} are not entered: limits in working time that reach it are reckoned by weekdays alone.`,
      },
    }));
}

export async function saveWeek(tx: Tx, weekly: readonly (readonly Segment[])[]): Promise<{ weekly: Segment[][] }> {
  tx.rt.authorise(tx.actor, permission, {});
  await tx.run(sql`insert into incidents_calendar_week (weekly) values (${JSON.stringify(weekly)}::jsonb)
    on conflict (only_row) do update set weekly = excluded.weekly`);
  await rulesChanged(tx, 'calendar');
  tx.audit({ action: 'incidents.save-calendar-week' });
  return { weekly: weekly.map((segments) => [...segments]) };
}

/** @param rule null takes the town's own rule back: the published one holds again */
export async function saveDay(
  tx: Tx,
  day: string,
  rule: { kind: 'off' | 'work'; name: string; segments: Segment[] | null } | null,
): Promise<{ day: string }> {
  tx.rt.authorise(tx.actor, permission, {});
  if (rule === null) await tx.run(sql`delete from incidents_calendar_days where day = ${day}::date`);
  else {
    const segments = rule.segments === null || rule.segments.length === 0 ? null : JSON.stringify(rule.segments);
    await tx.run(sql`insert into incidents_calendar_days (day, kind, name, segments)
      values (${day}::date, ${rule.kind}, ${rule.name}, ${segments}::jsonb)
      on conflict (day) do update set kind = excluded.kind, name = excluded.name, segments = excluded.segments`);
  }
  await rulesChanged(tx, 'calendar');
  tx.audit({ action: 'incidents.save-calendar-day', details: { day, kind: rule?.kind ?? 'taken-back' } });
  return { day };
}

/** @throws AppError `invalid-field` for a day outside the year, or a holiday that ends before it begins */
export async function saveYear(
  tx: Tx,
  year: number,
  { source, off, work }: Pick<OfficialYear, 'source' | 'off' | 'work'>,
): Promise<{ year: number; source: string; builtIn: boolean }> {
  tx.rt.authorise(tx.actor, permission, {});
  // The new year's holiday may begin in the old year, and a holiday end in the next one.
  const near = (day: string): boolean => Math.abs(Number(day.slice(0, 4)) - year) <= 1;
  const fault = off.find((o) => o.from > o.to || !near(o.from) || daysFrom(o.from, o.to).length > 30);
  if (fault) throw new AppError('invalid-field', { field: 'off', details: { problem: `${fault.from} – ${fault.to}` } });
  const odd = work.find((day) => !near(day));
  if (odd !== undefined) throw new AppError('invalid-field', { field: 'work', details: { problem: odd } });
  await tx.run(sql`insert into incidents_calendar_years (year, source, days)
    values (${year}, ${source}, ${JSON.stringify({ off, work })}::jsonb)
    on conflict (year) do update set source = excluded.source, days = excluded.days`);
  await rulesChanged(tx, 'calendar');
  tx.audit({ action: 'incidents.save-calendar-year', details: { year, source } });
  return { year, source, builtIn: false };
}

/** Each week from November on, until somebody enters the year: told to every administrator. */
export const checkCalendar: JobHandler = async (rt) => {
  await rt.system('incidents', async (tx) => {
    const { clocks } = await currentBook(tx);
    const urgent = (await warningsOf(tx, clocks)).filter((w) => w.urgency === 'now');
    if (urgent.length === 0) return;
    const week = Math.floor(tx.nowMs / (7 * 86_400_000));
    const admins = new Set((await membersFor(tx, '')).filter((m) => m.role === 'system-admin').map((m) => m.accountId));
    await tellAccounts(
      tx,
      urgent.flatMap(({ year }) =>
        [...admins].map((accountId) => ({
          accountId,
          template: 'calendar.missing' as const,
          params: { year: String(year) },
          onceKey: `calendar:${year}:${week}`,
        })),
      ),
    );
  });
};
