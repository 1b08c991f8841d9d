/** What residents may report: the public, active categories under their headings. */
import type { Category } from '@wangge/incidents/contract';
import type { ReportKind } from './pages/report-kinds.ts';

export function reportKinds(categories: readonly Category[]): ReportKind[] {
  const open = categories.filter((c) => c.active);
  return open
    .filter((c) => c.parentCode === null)
    .toSorted((a, b) => a.order - b.order || a.code.localeCompare(b.code))
    .map((heading) => ({
      code: heading.code,
      name: heading.name,
      categories: open
        .filter((c) => c.parentCode === heading.code && c.public)
        .toSorted((a, b) => a.order - b.order || a.code.localeCompare(b.code))
        .map((c) => ({ code: c.code, name: c.name })),
    }))
    .filter((kind) => kind.categories.length > 0);
}
