/** Which limit applies: the most particular row of the table, else what the category itself says. Pure. */
import type { Category } from '../contract/categories.ts';
import type { ClockPhase, Limit } from '../contract/clocks.ts';
import { limitMinutes } from '../rules.ts';
import type { Severity } from '../states.ts';
import type { ClockRule } from './clock.ts';

/** Stands for every category or severity. */
export const any = '*';

export type LimitTable = ReadonlyMap<string, Limit>;
const keyOf = (category: string, severity: string, phase: string): string => `${category}|${severity}|${phase}`;

export function limitTable(limits: readonly Limit[]): LimitTable {
  return new Map(limits.map((limit) => [keyOf(limit.categoryCode, limit.severity, limit.phase), limit]));
}

export type LimitedCategory = Pick<Category, 'code' | 'parentCode' | 'severity' | 'handleLimitMin'>;

/**
 * Category before its heading before all; within each, the severity before all severities. Handling is always
 * limited (by the category); an order has the time of handling unless a row says otherwise; the other
 * phases are limited only where a row says so.
 */
export function limitFor(
  table: LimitTable,
  category: LimitedCategory,
  severity: Severity,
  phase: ClockPhase,
): ClockRule | null {
  for (const code of [category.code, category.parentCode, any]) {
    if (code === null) continue;
    for (const level of [severity, any]) {
      const found = table.get(keyOf(code, level, phase));
      if (found) return { minutes: found.minutes, mode: found.mode };
    }
  }
  if (phase === 'order') return limitFor(table, category, severity, 'handle');
  return phase === 'handle' ? { minutes: limitMinutes(category, severity), mode: 'calendar' } : null;
}
