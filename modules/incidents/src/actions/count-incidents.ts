/** Counts for the tiles and charts, from the roll-up. */
import { dayIn, sql, type Tx } from '@wangge/kernel';
import { incidentStates, type IncidentState } from '../states.ts';
import { pathOf } from './filter.ts';

export interface Counts {
  total: number;
  open: number;
  overdue: number;
  closingRate: number | null;
  byState: Record<string, number>;
  bySource: Record<string, number>;
  byCategory: Record<string, number>;
  byDay: { day: string; reported: number; closed: number }[];
}
interface TallyRow {
  readonly dim: 'state' | 'source' | 'category' | 'reported' | 'closed' | 'open-late';
  /** Of `reported` and `closed` only. */
  readonly day: string | null;
  readonly key: string;
  readonly n: number;
}

/**
 * Counts whole days of the town between two moments; without them, all time. `overdue` counts what is
 * open and past its limit now.
 */
export async function countIncidents(
  tx: Tx,
  query: { areaId?: string | undefined; fromMs?: number | undefined; toMs?: number | undefined },
): Promise<Counts> {
  const { zone } = tx.rt.config;
  const path = query.areaId === undefined ? '' : pathOf(tx, query.areaId);
  const first = query.fromMs === undefined ? '1970-01-01' : dayIn(zone, query.fromMs);
  const last = query.toMs === undefined ? '9999-12-31' : dayIn(zone, query.toMs - 1);
  const rows = await tx.rows<TallyRow>(sql`select dim, day::text as day, key, n::int as n
    from incidents_tally(${path}, ${first}::date, ${last}::date, ${new Date(tx.nowMs)}, ${zone})`);
  return addUp(rows);
}

/** Adds the rows up; pure. */
export function addUp(rows: readonly TallyRow[]): Counts {
  const by = { state: {}, source: {}, category: {} } as Record<'state' | 'source' | 'category', Record<string, number>>;
  const days = new Map<string, { reported: number; closed: number }>();
  let overdue = 0;
  for (const { dim, day, key, n } of rows) {
    if (dim === 'open-late') {
      overdue += n;
      continue;
    }
    if (dim !== 'reported' && dim !== 'closed') {
      by[dim][key] = (by[dim][key] ?? 0) + n;
      continue;
    }
    const entry = days.get(day ?? '') ?? { reported: 0, closed: 0 };
    entry[dim] += n;
    days.set(day ?? '', entry);
  }
  for (const counts of Object.values(by))
    for (const [key, n] of Object.entries(counts)) if (n === 0) delete counts[key];
  const sum = (states: readonly string[]): number => states.reduce((n, s) => n + (by.state[s] ?? 0), 0);
  const all = Object.keys(by.state);
  const open = sum(all.filter((s) => incidentStates[s as IncidentState].open));
  const closed = by.state['closed'] ?? 0;
  // Withdrawn and merged ones were never anybody's to close.
  const decided = sum(
    all.filter((s) => !incidentStates[s as IncidentState].open && s !== 'withdrawn' && s !== 'merged'),
  );
  return {
    total: sum(all),
    open,
    overdue,
    closingRate: decided === 0 ? null : closed / decided,
    byState: by.state,
    bySource: by.source,
    byCategory: by.category,
    byDay: [...days]
      .filter(([, d]) => d.reported !== 0 || d.closed !== 0)
      .map(([day, d]) => ({ day, ...d }))
      .toSorted((a, b) => (a.day < b.day ? -1 : 1)),
  };
}
