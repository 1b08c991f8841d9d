import type { GridFigures, PatrolDays } from '@wangge/patrols/contract';

const two = (n: number): string => String(n).padStart(2, '0');

/** `08:30` of a minute of the day; the day's end is `00:00` in a field of time. */
export function timeOf(minute: number): string {
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
}

/** @param end midnight then means the end of the day @returns null where it is no time */
export function minuteOf(time: string, end = false): number | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)/.exec(time);
  if (!found) return null;
  const minute = Number(found[1]) * 60 + Number(found[2]);
  return end && minute === 0 ? 1440 : minute;
}

/** `22:00–02:00`; an end before the beginning is of the next day, and says so. */
export function windowText(fromMin: number, toMin: number, nextDay: (time: string) => string): string {
  const end = timeOf(toMin);
  return `${timeOf(fromMin)}–${toMin < fromMin ? nextDay(end) : end}`;
}

/** As the page says it. */
export function daysText(
  days: PatrolDays,
  t: {
    readonly daysKinds: { readonly working: string };
    readonly weekdays: string;
    weekday: (names: string) => string;
  },
  joint: string,
): string {
  if (days.kind === 'working') return t.daysKinds.working;
  return t.weekday(
    days.weekdays
      .toSorted((a, b) => a - b)
      .map((n) => t.weekdays.split(',')[n - 1] ?? '')
      .join(joint),
  );
}

/** Of the points whose time is over or that are done; null while there are none. */
export function rateOf({ done, missed }: Pick<GridFigures, 'done' | 'missed'>): number | null {
  return done + missed === 0 ? null : done / (done + missed);
}
