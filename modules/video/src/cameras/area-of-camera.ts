/** From where a camera stands to the area that it belongs to, also when borders move. */
import { type AreaIndex, areaIndex, successorOf } from '@wangge/areas';
import { AppError } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import { cameraChanged } from '../contract.ts';

export interface CameraArea {
  readonly id: string;
  readonly path: string;
}

/** @throws AppError `guard-failed` with guard `outside-town` and the distance in metres */
export function areaOfCamera(index: AreaIndex, place: { readonly lon: number; readonly lat: number }): CameraArea {
  const area = smallestAt(index, place);
  if (area) return area;
  const distanceM = index.distanceOutsideM(place.lon, place.lat);
  throw new AppError('guard-failed', {
    field: 'camera.place',
    details: { guard: 'outside-town', distanceM: Number.isFinite(distanceM) ? Math.round(distanceM) : null },
  });
}
function smallestAt(index: AreaIndex, place: { readonly lon: number; readonly lat: number }): CameraArea | null {
  const found = index.locate(place.lon, place.lat);
  return found?.microGrid ?? found?.grid ?? found?.village ?? null;
}

/** In the publishing transaction. A camera that no area holds any more stays with what became of its own. */
export async function followAreas(tx: Tx, index: AreaIndex): Promise<void> {
  const cameras = await tx.rows<{ id: string; lon: number; lat: number; areaId: string; areaPath: string }>(
    sql`select id, lon, lat, area_id as "areaId", area_path as "areaPath" from video_cameras order by id for update`,
  );
  const moves = cameras.flatMap((camera) => {
    const to = smallestAt(index, camera) ?? heir(tx, index, camera.areaId) ?? index.root();
    if (!to || (to.id === camera.areaId && to.path === camera.areaPath)) return [];
    return [{ id: camera.id, area: to.id, path: to.path }];
  });
  await tx.run(sql`update video_cameras c set area_id = n.area, area_path = n.path
    from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as n(id uuid, area uuid, path text) where c.id = n.id`);
  // One for all of them: what was answered before is not right any more.
  const [first] = moves;
  if (first) tx.emit(cameraChanged, { cameraId: first.id }, { areaPath: '', subjectId: first.id });
}
function heir(tx: Tx, index: AreaIndex, areaId: string): CameraArea | null {
  const old = index.get(areaId) ?? areaIndex(tx.rt).get(areaId);
  return old ? successorOf(index, old) : null;
}
