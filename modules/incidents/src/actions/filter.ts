/** From a list's query to the filter that the database's search functions read. */
import { AppError } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import type { Tx } from '@wangge/kernel';
import type { IncidentFilter } from '../contract.ts';
import { incidentStates, type IncidentState } from '../states.ts';

/**
 * JSON for `incidents_find` and its kin.
 *
 * @throws AppError `not-found` for an unknown area
 */
export function filterJson(tx: Tx, filter: IncidentFilter): string {
  const iso = (ms: number | undefined): string | undefined => {
    if (ms === undefined) return undefined;
    if (Math.abs(ms) > 8.64e15) throw new AppError('invalid-field', { field: 'fromMs' });
    return new Date(ms).toISOString();
  };
  return JSON.stringify({
    path: filter.areaId === undefined ? undefined : pathOf(tx, filter.areaId),
    states: some(filter.state),
    // Few are open at a time, and they have an index of their own.
    open: filter.open ?? (allOpen(filter.state) ? true : undefined),
    categories: some(filter.category),
    sources: some(filter.source),
    severities: some(filter.severity),
    clocks: some(filter.clock),
    from: iso(filter.fromMs),
    to: iso(filter.toMs),
    q: filter.q === undefined || filter.q.trim() === '' ? undefined : filter.q.normalize('NFC'),
    mine: filter.mine === true ? true : undefined,
    now: iso(tx.nowMs),
  });
}
/** `?state=` in an address means that nothing was chosen. */
function some(list: readonly string[] | undefined): readonly string[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}

function allOpen(states: readonly IncidentState[] | undefined): boolean {
  return states !== undefined && states.length > 0 && states.every((state) => incidentStates[state].open);
}

export function pathOf(tx: Tx, areaId: string): string {
  const area = areaIndex(tx.rt).get(areaId);
  if (!area) throw new AppError('not-found', { field: 'areaId' });
  return area.path;
}
