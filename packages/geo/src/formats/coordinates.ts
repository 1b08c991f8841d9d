import gcoordModule from 'gcoord';
import type { LonLat, Polygons } from '../types.ts';

// Its types promise one more `default` than Node and bundlers find at run time.
const gcoord = gcoordModule as unknown as (typeof gcoordModule)['default'];

/**
 * Systems that files come in: WGS 84 (also CGCS2000), GCJ-02 (maps of AMap and Tencent), BD-09 (Baidu's).
 * Everything is stored in WGS 84.
 */
export const coordinateSystems = ['wgs84', 'gcj02', 'bd09'] as const;
export type CoordinateSystem = (typeof coordinateSystems)[number];

/** Converts positions to WGS 84; outside China GCJ-02 and BD-09 do not exist and are left as they are. */
export function toWgs84(polygons: Polygons, system: CoordinateSystem): Polygons {
  if (system === 'wgs84') return polygons;
  return polygons.map((polygon) => polygon.map((ring) => ring.map((p) => positionToWgs84(p, system))));
}

/** Converts one position to WGS 84 (error of the inverse under a metre). */
export function positionToWgs84(position: LonLat, system: CoordinateSystem): LonLat {
  if (system === 'wgs84') return position;
  const from = system === 'gcj02' ? gcoord.GCJ02 : gcoord.BD09;
  const [lon, lat] = gcoord.transform([position[0], position[1]], from, gcoord.WGS84);
  return [lon, lat];
}

/** Converts a position of ours for a map that shows another system. */
export function positionFromWgs84(position: LonLat, system: CoordinateSystem): LonLat {
  if (system === 'wgs84') return position;
  const to = system === 'gcj02' ? gcoord.GCJ02 : gcoord.BD09;
  const [lon, lat] = gcoord.transform([position[0], position[1]], gcoord.WGS84, to);
  return [lon, lat];
}
