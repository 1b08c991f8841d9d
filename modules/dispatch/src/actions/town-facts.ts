/** What there is in the town that rules may name, for warnings. */
import { areaIndex } from '@wangge/areas';
import { type CategoryBook, categoriesOf } from '@wangge/incidents';
import { type IncidentSource, severities } from '@wangge/incidents/contract';
import type { Tx } from '@wangge/kernel';
import { departmentsById, membersFor, receivers, staffedDepartments } from '@wangge/staff';
import type { Rule } from '../contract.ts';
import type { TownFacts } from '../ruling/warn-rules.ts';

/** Residents and their apps see public categories only; everybody else sees all that are open. */
const publicSources: readonly IncidentSource[] = ['resident', 'open311'];
const staffSources: readonly IncidentSource[] = ['member', 'dispatcher', 'import'];

function isOpen(book: CategoryBook, code: string): boolean {
  const category = book.get(code);
  if (!category?.active) return false;
  return category.parentCode === null || book.get(category.parentCode)?.active === true;
}

export async function townFacts(tx: Tx, rules: readonly Rule[]): Promise<TownFacts> {
  const book = await categoriesOf(tx);
  const areas = areaIndex(tx.rt).all();
  const staffed = await staffedDepartments(tx);
  const named = rules.flatMap((r) => r.parties.flatMap((p) => (p.kind === 'account' ? [p.id] : [])));
  const covered = new Set(
    (await membersFor(tx, '')).flatMap((m) => (m.role === 'grid-member' && !m.onLeave ? [m.areaPath] : [])),
  );
  return {
    categories: new Map(
      book.list.map((c) => [c.code, { name: c.name, open: isOpen(book, c.code), severity: c.severity }]),
    ),
    areas: new Map(areas.map((a) => [a.id, { name: a.name, path: a.path }])),
    departments: new Map(
      [...(await departmentsById(tx)).values()].map((d) => [d.id, { name: d.name, staffed: staffed.has(d.id) }]),
    ),
    accounts: new Set((await receivers(tx, [...new Set(named)])).keys()),
    emptyGrids: areas.filter((a) => a.level === 'grid' && !covered.has(a.path)),
    kinds: book.list
      .filter((c) => c.parentCode !== null && isOpen(book, c.code))
      .flatMap(({ code, parentCode, public: isPublic }) =>
        [...(isPublic ? publicSources : []), ...staffSources].map((source) => ({ code, parentCode, source })),
      ),
    severityRank: (severity) => severities[severity].rank,
  };
}
