import { boundsOf } from '../bounds.ts';
import type { Area, Bounds, Polygon } from '../types.ts';

/** All polygons of many areas in flat arrays, for speed: 16 bytes per vertex and no objects. */
export type FlatParts = {
  /** Number of polygons. */
  readonly count: number;
  /** lon, lat, lon, lat, … of all rings. */
  readonly xy: Float64Array;
  /** Ring `r` is `xy[ringStart[r]] … xy[ringStart[r + 1]]`. */
  readonly ringStart: Uint32Array;
  /** Polygon `p` owns the rings `partStart[p] … partStart[p + 1]`. */
  readonly partStart: Uint32Array;
  /** Number of the area that a polygon is part of. */
  readonly partArea: Uint32Array;
  readonly bounds: readonly Bounds[];
};

/** Lays the areas' polygons out flat, in the order given. Polygons without a proper outer ring are left out. */
export function flattenParts(areas: readonly Area[]): FlatParts {
  const polygons: Polygon[] = [];
  const partArea: number[] = [];
  areas.forEach((area, number) => {
    for (const polygon of area.polygons) {
      if (!polygon[0] || polygon[0].length < 4) continue;
      polygons.push(polygon);
      partArea.push(number);
    }
  });
  const rings = polygons.flat();
  const xy = new Float64Array(2 * rings.reduce((sum, ring) => sum + ring.length, 0));
  const ringStart = new Uint32Array(rings.length + 1);
  const partStart = new Uint32Array(polygons.length + 1);
  let at = 0;
  rings.forEach((ring, i) => {
    for (const [lon, lat] of ring) {
      xy[at++] = lon;
      xy[at++] = lat;
    }
    ringStart[i + 1] = at;
  });
  polygons.forEach((polygon, i) => {
    partStart[i + 1] = partStart[i]! + polygon.length;
  });
  return {
    count: polygons.length,
    xy,
    ringStart,
    partStart,
    partArea: Uint32Array.from(partArea),
    bounds: polygons.map((polygon) => boundsOf(polygon[0]!)),
  };
}
