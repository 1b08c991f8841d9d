/** Incidents counted by cell of the map, within the caller's scope. */
import { type AreaIndex, areaIndex } from '@wangge/areas';
import { AppError } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import { type Box, cellAt, cellsAround } from '../contract/cell-grid.ts';
import type { IncidentCell, IncidentFilter } from '../contract.ts';
import { coarsePlace, exactReach } from '../exact-place.ts';
import { severityNames } from '../states.ts';
import { filterJson } from './filter.ts';

interface CellRow {
  readonly x: number | null;
  readonly y: number | null;
  readonly area_id: string | null;
  readonly n: number;
  readonly lon_sum: number | null;
  readonly lat_sum: number | null;
  readonly worst: number;
  readonly overdue: number;
}
interface Sum {
  readonly x: number;
  readonly y: number;
  count: number;
  lon: number;
  lat: number;
  worst: number;
  overdue: number;
}

const maxCells = 5000;
const mostMs = 731 * 86_400_000;

/** Areas whose middle, where an anonymous report shows to most, is in the box. */
export function middlesIn(index: AreaIndex, [west, south, east, north]: Box): string[] {
  return index
    .all()
    .filter(({ id }) => {
      const { lon, lat } = coarsePlace(index, id);
      return lon !== null && lat !== null && lon >= west && lon <= east && lat >= south && lat <= north;
    })
    .map((area) => area.id);
}

/** Rows that know their cell, and those that only know their area, together; pure but for the index. */
function joined(rows: readonly CellRow[], index: AreaIndex, around: number): Sum[] {
  const sums = new Map<string, Sum>();
  for (const row of rows) {
    const middle = coarsePlace(index, row.area_id);
    const lon = row.lon_sum ?? (middle.lon ?? 0) * row.n;
    const lat = row.lat_sum ?? (middle.lat ?? 0) * row.n;
    // Where not even the middle of its area is known, there is nothing to show on a map.
    if (row.lon_sum === null && middle.lon === null) continue;
    const { x, y } =
      row.x === null || row.y === null ? cellAt(lon / row.n, lat / row.n, around) : { x: row.x, y: row.y };
    const sum = sums.get(`${x}:${y}`) ?? { x, y, count: 0, lon: 0, lat: 0, worst: 0, overdue: 0 };
    sum.count += row.n;
    sum.lon += lon;
    sum.lat += lat;
    sum.worst = Math.max(sum.worst, row.worst);
    sum.overdue += row.overdue;
    sums.set(`${x}:${y}`, sum);
  }
  return [...sums.values()].toSorted((a, b) => b.count - a.count || a.y - b.y || a.x - b.x);
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/**
 * Fullest first.
 *
 * @throws AppError `invalid-field` (neither open ones alone nor a time of at most two years), `not-found` (area)
 */
export async function incidentCells(
  tx: Tx,
  query: IncidentFilter & { readonly zoom: number; readonly within?: Box | undefined },
): Promise<{ total: number; truncated: boolean; cells: IncidentCell[] }> {
  const { zoom, within, fromMs = 0, toMs = tx.nowMs } = query;
  // Few are open; of all that ever were, nobody may make the database count each one.
  if (query.open !== true && toMs - fromMs > mostMs) throw new AppError('invalid-field', { field: 'fromMs' });
  const index = areaIndex(tx.rt);
  const around = cellsAround(zoom);
  const { paths, departmentIds } = exactReach(tx.actor);
  const rows = await tx.rows<CellRow>(sql`
    select x, y, area_id, n::int, lon_sum, lat_sum, worst, overdue::int
    from incidents_cells(${filterJson(tx, query)}::jsonb, ${around}, ${within ?? null}::float8[], ${[...paths]}::text[],
      ${[...departmentIds]}::uuid[], ${within ? middlesIn(index, within) : []}::uuid[], ${maxCells + 1})`);
  const sums = joined(rows.slice(0, maxCells), index, around);
  const cells = sums.map(({ x, y, count, lon, lat, worst, overdue }) => {
    const at = { lon: round(lon / count), lat: round(lat / count) };
    const areaId = index.locate(at.lon, at.lat)?.grid?.id ?? null;
    return { x, y, ...at, count, overdue, worst: severityNames[worst] ?? 'ordinary', areaId };
  });
  return { total: cells.reduce((n, cell) => n + cell.count, 0), truncated: rows.length > maxCells, cells };
}
