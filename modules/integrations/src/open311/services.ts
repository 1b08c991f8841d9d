/** Services of Open311 are the public, active categories of the second level. */
import { AppError } from '@wangge/contract-kit';
import type { Category } from '@wangge/incidents/contract';
import type { Entry } from './answers.ts';

export interface Service {
  readonly category: Category;
  readonly group: string;
}

/** What may be asked for now, in the order of the categories. */
export function openServices(categories: readonly Category[]): Service[] {
  const byCode = new Map(categories.map((c) => [c.code, c]));
  return categories.flatMap((category) => {
    const parent = category.parentCode === null ? undefined : byCode.get(category.parentCode);
    return parent?.active && category.active && category.public ? [{ category, group: parent.name.zh }] : [];
  });
}

/** Codes of all second-level categories whose incidents the public may see, also of those closed since. */
export function publicCodes(categories: readonly Category[]): string[] {
  return categories.filter((c) => c.parentCode !== null && c.public).map((c) => c.code);
}

/** @throws AppError `invalid-field` (missing), `not-found` (unknown, not public, or closed) */
export function serviceWith(categories: readonly Category[], code: string): Service {
  if (code === '') throw new AppError('invalid-field', { field: 'service_code', details: { problem: 'missing' } });
  const service = openServices(categories).find((s) => s.category.code === code);
  if (!service) throw new AppError('not-found', { field: 'service_code' });
  return service;
}

export function serviceEntry({ category, group }: Service): Entry {
  return {
    service_code: category.code,
    service_name: category.name.zh,
    description: category.name.en,
    metadata: false,
    type: 'realtime',
    keywords: `${category.name.zh},${category.name.en}`,
    group,
  };
}
