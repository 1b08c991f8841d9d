/** Rates by area or department, from what reporters said and people decided. */
import { AppError } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { sql, type Tx } from '@wangge/kernel';
import { departmentsById } from '@wangge/staff';
import type { RateRow } from '../contract.ts';
import { pathOf } from './filter.ts';

interface Sums {
  readonly key: string | null;
  readonly closed: number;
  readonly reopened: number;
  readonly asked: number;
  readonly ratings: number;
  readonly response: number;
  readonly resolved: number;
  readonly satisfied: number;
}
const mostDays = 731;
const mean = (sum: number, n: number): number | null => (n === 0 ? null : sum / n);

/** Means and shares of one row; pure. */
export function ratesOf(sums: Sums, id: string | null, name: string): RateRow {
  const { closed, reopened, asked, ratings } = sums;
  return {
    id,
    name,
    closed,
    ratings,
    response: mean(sums.response, ratings),
    satisfied: mean(sums.satisfied, ratings),
    resolvedRate: mean(sums.resolved, ratings),
    asked,
    reopened,
    // What was closed again is in both.
    reopenRate: mean(reopened, Math.max(closed, reopened)),
  };
}

/**
 * Areas are those right below the one that was asked for, villages where none was.
 *
 * @throws AppError `invalid-field` (no time, or more than two years)
 */
export async function readRates(
  tx: Tx,
  query: {
    readonly by: 'area' | 'department';
    readonly fromMs: number;
    readonly toMs: number;
    readonly areaId?: string | undefined;
  },
): Promise<{ rows: RateRow[] }> {
  const { by, fromMs, toMs } = query;
  if (!(toMs > fromMs) || toMs - fromMs > mostDays * 86_400_000) throw new AppError('invalid-field', { field: 'toMs' });
  const prefix = query.areaId === undefined ? '' : pathOf(tx, query.areaId);
  // County and town come first in every path.
  const depth = Math.max(2, prefix.split('/').length - 1) + 1;
  const sums = await tx.rows<Sums>(sql`
    select key, closed::int, reopened::int, asked::int, ratings::int, response, resolved::int, satisfied
    from incidents_rates(${prefix}, ${new Date(fromMs)}, ${new Date(toMs)}, ${by === 'area' ? depth : null}::int)`);
  const index = areaIndex(tx.rt);
  const departments = by === 'department' ? await departmentsById(tx) : null;
  const rows = sums.map((sum) => {
    if (departments) return ratesOf(sum, sum.key, sum.key === null ? '' : (departments.get(sum.key)?.name ?? sum.key));
    const codes = (sum.key ?? '').split('/').filter(Boolean);
    const area = index.byCode(codes.at(-1) ?? '');
    return ratesOf(sum, area?.id ?? null, area?.name ?? '');
  });
  return { rows: rows.toSorted((a, b) => b.closed - a.closed || (a.name < b.name ? -1 : 1)) };
}
