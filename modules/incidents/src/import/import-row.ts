/** From a row of a foreign table to an incident with its past. Pure. */
import { createHash } from 'node:crypto';
import { newId } from '@wangge/contract-kit';
import type { AreaIndex } from '@wangge/areas';
import { areaAt, type AreaRef } from '../area-of.ts';
import type { CategoryBook } from '../categories/book.ts';
import { limitsAt } from '../clocks/book.ts';
import type { IncidentMove, IncidentState } from '../states.ts';
import { checkMove, type IncidentFacts } from '../workflow.ts';
import type { ImportMap } from './import-map.ts';
import { readTime } from './zoned-time.ts';

export interface RowContext {
  readonly map: ImportMap;
  readonly book: CategoryBook;
  readonly index: AreaIndex;
  /** Upper-case name → area, for rows without coordinates. */
  readonly byName: ReadonlyMap<string, AreaRef>;
  readonly zone: string;
  readonly nowMs: number;
}
export type RowProblem =
  | 'key-missing'
  | 'created-invalid'
  | 'closed-invalid'
  | 'closed-before-created'
  | 'created-in-future'
  | 'category-unknown'
  | 'place-missing'
  | 'place-invalid'
  | 'place-outside';

export type RowVerdict =
  | {
      readonly ok: true;
      readonly row: Record<string, unknown>;
      readonly createdMs: number;
      readonly endedMs: number | null;
    }
  | { readonly ok: false; readonly problem: RowProblem; readonly value: string };

type Fields = Readonly<Record<string, string>>;
const bad = (problem: RowProblem, value = ''): RowVerdict => ({ ok: false, problem, value: value.slice(0, 80) });

interface Placed {
  readonly area: AreaRef;
  readonly lon: number | null;
  readonly lat: number | null;
}

/** Coordinates decide; without any the named area does. */
function placeOf(fields: Fields, context: RowContext): Placed | RowVerdict {
  const { map, index, byName } = context;
  const lonText = map.lon === undefined ? '' : (fields[map.lon] ?? '').trim();
  const latText = map.lat === undefined ? '' : (fields[map.lat] ?? '').trim();
  if (lonText !== '' || latText !== '') {
    const lon = Number(lonText);
    const lat = Number(latText);
    const sound = lonText !== '' && latText !== '' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
    if (!sound) return bad('place-invalid', `${lonText} ${latText}`);
    const area = areaAt(index, { lon, lat });
    return area ? { area, lon, lat } : bad('place-outside', `${lon} ${lat}`);
  }
  const named = map.area === undefined ? '' : (fields[map.area.column] ?? '').trim();
  if (map.area === undefined || named === '') return bad('place-missing');
  const area = map.area.by === 'code' ? index.byCode(named) : byName.get(named.toUpperCase());
  return area ? { area, lon: null, lat: null } : bad('place-outside', named);
}

interface Step {
  readonly move: IncidentMove | 'report';
  readonly from: IncidentState | null;
  readonly to: IncidentState;
  readonly atMs: number;
}

/**
 * The way through the table of states that such a record has behind it. What the other system wrote
 * down stands for the guards; the arrows are ours.
 */
export function stepsOf(outcome: 'open' | 'closed' | 'rejected', createdMs: number, endedMs: number): Step[] {
  const steps: Step[] = [{ move: 'report', from: null, to: 'reported', atMs: createdMs }];
  const go = (move: IncidentMove, as: 'system' | readonly ['dispatcher'], atMs: number): void => {
    const from = steps.at(-1)?.to ?? 'reported';
    const facts: IncidentFacts = {
      state: from,
      reason: '导入',
      hasCategory: true,
      hasPlace: true,
      severity: 'ordinary',
      selfHandled: true,
      openRequiredOrders: 0,
      proofRequired: false,
      proofInApp: false,
      proofCount: 0,
      autoCloseAtMs: atMs,
      nowMs: atMs,
    };
    const verdict = checkMove(move, as, facts);
    if (!verdict.ok) throw new Error(`an imported record cannot ${move} from ${from}`);
    steps.push({ move, from, to: verdict.to, atMs });
  };
  if (outcome === 'rejected') {
    go('reject', ['dispatcher'], endedMs);
    return steps;
  }
  go('accept', 'system', createdMs);
  go('register', 'system', createdMs);
  if (outcome === 'closed') for (const move of ['start', 'respond', 'close'] as const) go(move, 'system', endedMs);
  return steps;
}

function outcomeOf(fields: Fields, map: ImportMap, closedMs: number | null): 'open' | 'closed' | 'rejected' {
  if (map.status === undefined) return closedMs === null ? 'open' : 'closed';
  const word = (fields[map.status.column] ?? '').trim();
  if (map.status.rejected.includes(word)) return 'rejected';
  return map.status.closed.includes(word) ? 'closed' : 'open';
}

/** Checks a row and makes of it what `incidents_create` takes. */
export function toIncident(fields: Fields, context: RowContext): RowVerdict {
  const { map, book, nowMs } = context;
  const key = (fields[map.key] ?? '').trim();
  if (key === '' || key.length > 150) return bad('key-missing', key);
  const createdText = fields[map.created] ?? '';
  const createdMs = readTime(createdText, map.zone);
  if (createdMs === null) return bad('created-invalid', createdText);
  if (createdMs > nowMs) return bad('created-in-future', createdText);
  const closedText = map.closed === undefined ? '' : (fields[map.closed] ?? '').trim();
  const closedMs = closedText === '' ? null : readTime(closedText, map.zone);
  if (closedText !== '' && closedMs === null) return bad('closed-invalid', closedText);
  if (closedMs !== null && closedMs < createdMs) return bad('closed-before-created', closedText);
  const word = (fields[map.category.column] ?? '').trim();
  const category = book.get(map.category.map[word] ?? map.category.default ?? '');
  if (!category || category.parentCode === null) return bad('category-unknown', word);
  const placed = placeOf(fields, context);
  if ('ok' in placed) return placed;

  const outcome = outcomeOf(fields, map, closedMs);
  const endedMs = outcome === 'open' ? null : Math.min(closedMs ?? createdMs, nowMs);
  const description = map.description
    .replace(/\{([^}]+)\}/g, (_all, name: string) => (fields[name] ?? '').trim())
    .slice(0, 4000);
  const address = map.address === undefined ? null : (fields[map.address] ?? '').trim().slice(0, 200) || null;
  const steps = stepsOf(outcome, createdMs, endedMs ?? createdMs);
  const limits = limitsAt(book.clocks, category, category.severity, createdMs);
  const at = new Date(createdMs).toISOString();
  const ended = endedMs === null ? null : new Date(endedMs).toISOString();
  const row = {
    id: newId(createdMs),
    client_key: `import:${key}`,
    content_hash: createHash('sha256')
      .update(JSON.stringify([key, createdMs, description, placed.lon, placed.lat]))
      .digest('base64url'),
    source: 'import',
    state: steps.at(-1)?.to ?? 'reported',
    severity: category.severity,
    category_code: category.code,
    description,
    address,
    lon: placed.lon,
    lat: placed.lat,
    accuracy_m: null,
    area_id: placed.area.id,
    path: placed.area.path,
    anonymous: true,
    self_handled: false,
    handler_ids: [],
    at,
    deadline_at: new Date(limits.deadlineMs).toISOString(),
    warn_at: new Date(limits.warnMs).toISOString(),
    clock_stopped_at: ended,
    ended_at: ended,
    closed_at: outcome === 'closed' ? ended : null,
    photo_count: 0,
    proof_count: 0,
    changed_by: '导入',
    updated_at: ended ?? at,
    zone: context.zone,
    categories: book.version,
    reporter_id: newId(createdMs),
    steps: steps.map((s) => ({
      id: newId(s.atMs),
      at: new Date(s.atMs).toISOString(),
      move: s.move,
      from_state: s.from,
      to_state: s.to,
      actor_kind: 'system',
      actor_id: null,
      actor_name: '导入',
      reason: s.move === 'reject' ? '导入' : null,
    })),
  };
  return { ok: true, row, createdMs, endedMs };
}
