/** Counts turned into what charts and tables show. Pure. */
import type { Category } from '@wangge/incidents/contract';
import { formatDay } from '@wangge/ui';

export interface DayCount {
  readonly day: string;
  readonly reported: number;
  readonly closed: number;
}
export interface NamedCount {
  readonly name: string;
  readonly count: number;
}

/** One entry for each day of the span: the server leaves out days without incidents. */
export function fillDays(byDay: readonly DayCount[], fromMs: number, lastMs: number): DayCount[] {
  const known = new Map(byDay.map((each) => [each.day, each]));
  const out: DayCount[] = [];
  for (let at = fromMs; at <= lastMs; at += 86_400_000) {
    const day = formatDay(at);
    out.push(known.get(day) ?? { day, reported: 0, closed: 0 });
  }
  return out;
}

/** Second-level categories added up under their parents; codes that are unknown stay as they are. */
export function byParent(
  counts: Readonly<Record<string, number>>,
  byCode: ReadonlyMap<string, Pick<Category, 'parentCode'>>,
): Record<string, number> {
  const out: Record<string, number> = {};
  for (const [code, count] of Object.entries(counts)) {
    const top = byCode.get(code)?.parentCode ?? code;
    out[top] = (out[top] ?? 0) + count;
  }
  return out;
}

/** With names, largest first, without zeros. */
export function labelled(counts: Readonly<Record<string, number>>, nameOf: (key: string) => string): NamedCount[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([key, count]) => ({ name: nameOf(key), count }))
    .toSorted((a, b) => b.count - a.count);
}

/** A share with its sign, in hundredths: `+12.0%`, `−0.5%`; `0.0%` without one. */
export function signed(share: number, unit: string): string {
  const hundredths = Math.abs(share * 100).toFixed(1);
  const sign = Number(hundredths) === 0 ? '' : share < 0 ? '−' : '+';
  return `${sign}${hundredths}${unit}`;
}
