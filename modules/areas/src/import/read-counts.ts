/** Heads and households out of a file's columns. */
import { AppError } from '@wangge/contract-kit';
import type { RawFeature } from '@wangge/geo/formats';
import type { ImportedArea } from '../rules/imported-area.ts';

export interface CountColumns {
  readonly populationColumn?: string | undefined;
  readonly householdsColumn?: string | undefined;
}
const maxCount = 100_000_000;

/** Undefined for an empty cell: what is known already stays. NaN for what is no count. */
function countIn(value: unknown): number | undefined {
  if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) return undefined;
  // Spreadsheets like to write 1,234.
  const count = typeof value === 'number' ? value : Number(String(value).replace(/(?<=\d)[,，](?=\d{3}\b)/g, ''));
  return Number.isInteger(count) && count >= 0 && count <= maxCount ? count : Number.NaN;
}

/**
 * Counts by the number of the feature.
 *
 * @throws AppError `invalid-field` for a column that no row has, `row-invalid` naming rows that hold no count
 */
export function readCounts(
  features: readonly RawFeature[],
  columns: CountColumns,
): Map<number, Pick<ImportedArea, 'population' | 'households'>> {
  const counts = new Map<number, { population?: number; households?: number }>();
  const bad: { row: number; column: string; value: string }[] = [];
  for (const [what, field] of [
    ['population', 'populationColumn'],
    ['households', 'householdsColumn'],
  ] as const) {
    const column = columns[field];
    if (column === undefined) continue;
    if (!features.some((feature) => column in feature.properties)) {
      throw new AppError('invalid-field', { field, details: { problem: 'no such column', column } });
    }
    for (const { number, properties } of features) {
      const count = countIn(properties[column]);
      if (count === undefined) continue;
      if (Number.isNaN(count)) bad.push({ row: number, column, value: String(properties[column]).slice(0, 60) });
      else counts.set(number, { ...counts.get(number), [what]: count });
    }
  }
  if (bad.length > 0) {
    const named = bad.slice(0, 50);
    const rows = named.map(({ row, column, value }) => `${row}: column ${column} holds no count: ${value}`);
    const faults = named.map((one) => ({ ...one, problem: 'bad-count' }));
    throw new AppError('row-invalid', { details: { problem: 'bad-count', rows, faults, count: bad.length } });
  }
  return counts;
}
