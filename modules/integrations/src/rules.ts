/** Rules of Open311 without database or HTTP: dates, statuses, what a request must carry. */
import { AppError } from '@wangge/contract-kit';
import { incidentStates, type IncidentState } from '@wangge/incidents/contract';

export const dayMs = 24 * 3600_000;
/** The standard's bounds of a search. */
export const maxSpanMs = 90 * dayMs;
export const maxRequests = 1000;
export const maxDescription = 4000;

export function statusOf(state: IncidentState): 'open' | 'closed' {
  return incidentStates[state].open ? 'open' : 'closed';
}
export function statesWith(status: 'open' | 'closed'): IncidentState[] {
  return (Object.keys(incidentStates) as IncidentState[]).filter((state) => statusOf(state) === status);
}

/** A date of the standard (W3C profile of ISO 8601). Without a zone it is read as UTC. */
export function readDate(field: string, text: string): number {
  const match = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text);
  // A plus sign that a client forgot to encode arrives as a space.
  const repaired = match ? text : text.replace(/ (\d{2}:?\d{2})$/, '+$1');
  const zoned = /T/.test(repaired) && !/(Z|[+-]\d{2}:?\d{2})$/.test(repaired) ? `${repaired}Z` : repaired;
  const ms = Date.parse(zoned);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || !Number.isFinite(ms))
    throw new AppError('invalid-field', { field, details: { problem: 'not a date' } });
  return ms;
}

/**
 * The span of a search: what is missing is filled to 90 days, ending now.
 *
 * @throws AppError `invalid-field` for an end before its start, or more than 90 days
 */
export function searchSpan(
  start: string | undefined,
  end: string | undefined,
  nowMs: number,
): { fromMs: number; toMs: number } {
  const from = start === undefined ? undefined : readDate('start_date', start);
  const to = end === undefined ? undefined : readDate('end_date', end);
  const toMs = to ?? (from === undefined ? nowMs : Math.min(nowMs, from + maxSpanMs));
  const fromMs = from ?? toMs - maxSpanMs;
  if (toMs < fromMs && to !== undefined)
    throw new AppError('invalid-field', { field: 'end_date', details: { problem: 'before start_date' } });
  if (toMs - fromMs > maxSpanMs)
    throw new AppError('invalid-field', { field: 'end_date', details: { problem: 'more than 90 days' } });
  return { fromMs, toMs };
}

/** Words of a comma-separated list; undefined where it was not given. */
export function readList(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .slice(0, maxRequests);
}
