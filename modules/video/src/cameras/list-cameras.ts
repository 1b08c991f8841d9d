/** The register within the caller's scope: pages, pins, who sees a place. */
import { areaIndex } from '@wangge/areas';
import { AppError, idSchema } from '@wangge/contract-kit';
import { metresPerDegree } from '@wangge/geo';
import { sql, type Tx } from '@wangge/kernel';
import type { Camera, CameraPin, CameraClass, LinkState } from '../contract.ts';
import { findCameras } from './camera-row.ts';
import { rankSeeing } from './seeing.ts';
import { showCameras } from './show-camera.ts';

export interface CameraQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly q?: string | undefined;
  readonly areaId?: string | undefined;
  readonly class?: CameraClass[] | undefined;
  readonly link?: LinkState[] | undefined;
  readonly group?: string | undefined;
  readonly tag?: string | undefined;
  readonly lacking?: ('filing' | 'sign')[] | undefined;
  readonly retired: 'with' | 'only' | 'without';
}

/** @throws AppError `invalid-field` (cursor, area) */
export async function listCameras(
  tx: Tx,
  query: CameraQuery,
): Promise<{ items: Camera[]; nextCursor: string | null; total: number }> {
  const { found } = await tx.one<{ found: { total: number; ids: string[] } }>(sql`
    select video_find(${filterJson(tx, query)}::jsonb, ${query.limit + 1}, ${cursorOf(query.cursor)}::uuid) as found`);
  const ids = found.ids.slice(0, query.limit);
  const rows = new Map((await findCameras(tx, ids)).map((row) => [row.id, row]));
  const items = await showCameras(
    tx,
    ids.flatMap((id) => rows.get(id) ?? []),
  );
  const last = items.at(-1);
  return { items, total: found.total, nextCursor: found.ids.length > query.limit && last ? last.id : null };
}

function filterJson(tx: Tx, query: CameraQuery): string {
  const { q, areaId, class: classes, link, group, tag, lacking, retired } = query;
  const area = areaId === undefined ? undefined : areaIndex(tx.rt).get(areaId);
  if (area === null) throw new AppError('invalid-field', { field: 'areaId' });
  const typed = q?.trim();
  return JSON.stringify({
    q: typed === '' ? undefined : typed,
    areaPath: area?.path,
    class: classes?.length === 0 ? undefined : classes,
    link: link?.length === 0 ? undefined : link,
    group,
    tag,
    lacking: lacking?.length === 0 ? undefined : lacking,
    retired,
  });
}

/** The last camera of the page before; where it stands by name is looked up. */
function cursorOf(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  if (!idSchema.safeParse(cursor).success) throw new AppError('invalid-field', { field: 'cursor' });
  return cursor;
}

/** All cameras in use. */
export function listPins(tx: Tx): Promise<CameraPin[]> {
  return tx.rows<CameraPin>(sql`select * from video_pins(null)`);
}

/** No cone reaches further. */
const farthestM = 2000;
const mostSeeing = 50;

/** The best first; see `rankSeeing`. */
export async function listSeeing(
  tx: Tx,
  place: { readonly lon: number; readonly lat: number },
): Promise<(CameraPin & { distanceM: number; sees: boolean })[]> {
  const scale = metresPerDegree(place.lat);
  const [dx, dy] = [farthestM / scale.lon, farthestM / scale.lat];
  const box = [place.lon - dx, place.lat - dy, place.lon + dx, place.lat + dy];
  const around = await tx.rows<CameraPin>(sql`select * from video_pins(${box}::float8[])`);
  return rankSeeing(around, place).slice(0, mostSeeing);
}
