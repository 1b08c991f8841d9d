/** Lists and map points within the caller's scope. */
import { AppError } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { sql, type Tx } from '@wangge/kernel';
import type { IncidentFilter, IncidentRow } from '../contract.ts';
import { type ClockMark, clockMark, summaryOf } from '../rules.ts';
import type { IncidentState, Severity } from '../states.ts';
import { coarseIn, exactReach, type Placed } from '../exact-place.ts';
import type { Box } from '../contract/cell-grid.ts';
import { middlesIn } from './count-cells.ts';
import { filterJson } from './filter.ts';
import { placeOf } from './read-incident.ts';

interface FoundRow {
  readonly id: string;
  readonly number: string;
  readonly state: IncidentState;
  readonly source: IncidentRow['source'];
  readonly severity: Severity;
  readonly category_code: string;
  readonly summary: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly accuracy_m: number | null;
  readonly address: string | null;
  readonly area_id: string | null;
  readonly path: string;
  readonly reported_ms: number;
  readonly updated_ms: number;
  readonly deadline_ms: number | null;
  readonly warn_ms: number | null;
  readonly stopped_ms: number | null;
  readonly closed_ms: number | null;
  readonly photo_count: number;
  readonly reporter_count: number;
  readonly supervised: boolean;
  readonly version: number;
}

function rowOf(tx: Tx, r: FoundRow): IncidentRow {
  return {
    id: r.id,
    number: r.number,
    state: r.state,
    source: r.source,
    severity: r.severity,
    categoryCode: r.category_code,
    summary: summaryOf(r.summary),
    place: placeOf({ lon: r.lon, lat: r.lat, accuracyM: r.accuracy_m }),
    address: r.address,
    areaId: r.area_id,
    areaName: r.area_id === null ? null : (areaIndex(tx.rt).get(r.area_id)?.name ?? null),
    areaPath: r.path,
    reportedAtMs: r.reported_ms,
    updatedAtMs: r.updated_ms,
    deadlineMs: r.deadline_ms,
    clock: clockMark({ deadlineMs: r.deadline_ms, warnMs: r.warn_ms, stoppedMs: r.stopped_ms }, tx.nowMs),
    closedAtMs: r.closed_ms,
    photoCount: r.photo_count,
    reporterCount: r.reporter_count,
    supervised: r.supervised,
    version: r.version,
  };
}

function withPlace(r: FoundRow, coarse: Placed | undefined): FoundRow {
  return coarse ? { ...r, lon: coarse.lon, lat: coarse.lat, accuracy_m: null, address: null } : r;
}

function readCursor(cursor: string | undefined): { at: Date; id: string } | null {
  if (cursor === undefined) return null;
  const found = /^(-?\d{1,15})_([0-9a-f-]{36})$/.exec(cursor);
  if (!found) throw new AppError('invalid-field', { field: 'cursor' });
  return { at: new Date(Number(found[1])), id: found[2] ?? '' };
}

/** A page of incidents, newest first; the cursor stays right while new ones come in at the top. */
export async function listIncidents(
  tx: Tx,
  query: IncidentFilter & { cursor?: string | undefined; limit: number },
): Promise<{ items: IncidentRow[]; nextCursor: string | null }> {
  const after = readCursor(query.cursor);
  const rows = await tx.rows<FoundRow>(sql`
    select * from incidents_find(${filterJson(tx, query)}::jsonb, ${query.limit + 1}, ${after?.at ?? null}, ${after?.id ?? null}::uuid)`);
  const page = rows.slice(0, query.limit);
  const coarse = await coarseIn(
    tx,
    page.map((r) => r.id),
  );
  const items = page.map((r) => rowOf(tx, withPlace(r, coarse.get(r.id))));
  const last = items.at(-1);
  return { items, nextCursor: rows.length > query.limit && last ? `${last.reportedAtMs}_${last.id}` : null };
}

const maxPoints = 5000;

interface PointRow {
  readonly id: string;
  readonly lon: number;
  readonly lat: number;
  readonly state: IncidentState;
  readonly severity: Severity;
  readonly deadline_ms: number | null;
  readonly warn_ms: number | null;
  readonly stopped_ms: number | null;
}
function findPoints(tx: Tx, query: IncidentFilter & { within?: Box | undefined }): Promise<PointRow[]> {
  const filter = filterJson(tx, query);
  const { within } = query;
  if (!within) return tx.rows<PointRow>(sql`select * from incidents_points(${filter}::jsonb, ${maxPoints + 1})`);
  const { paths, departmentIds } = exactReach(tx.actor);
  return tx.rows<PointRow>(sql`
    select * from incidents_points_within(${filter}::jsonb, ${maxPoints + 1}, ${[...within]}::float8[], ${[...paths]}::text[],
      ${[...departmentIds]}::uuid[], ${middlesIn(areaIndex(tx.rt), within)}::uuid[])`);
}
/** Open incidents with a place, of the whole map or one part of it, the newest 5,000. */
export async function mapIncidents(
  tx: Tx,
  query: IncidentFilter & { within?: Box | undefined },
): Promise<{
  truncated: boolean;
  points: {
    id: string;
    lon: number;
    lat: number;
    state: IncidentState;
    severity: Severity;
    clock: ClockMark | null;
  }[];
}> {
  const rows = await findPoints(tx, query);
  const coarse = await coarseIn(
    tx,
    rows.map((r) => r.id),
  );
  const points = rows.slice(0, maxPoints).flatMap(({ deadline_ms, warn_ms, stopped_ms, ...point }) => {
    const { lon, lat } = coarse.get(point.id) ?? point;
    // Where not even the middle of its area is known, there is nothing to show on a map.
    if (lon === null || lat === null) return [];
    const clock = clockMark({ deadlineMs: deadline_ms, warnMs: warn_ms, stoppedMs: stopped_ms }, tx.nowMs);
    return [{ ...point, lon, lat, clock }];
  });
  return { truncated: rows.length > maxPoints, points };
}
