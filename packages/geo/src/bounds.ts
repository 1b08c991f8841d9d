import type { Bounds, LonLat, Polygons } from './types.ts';

/** Bounds of no positions at all: contains nothing, and joining it to others changes nothing. */
export const emptyBounds: Bounds = [Infinity, Infinity, -Infinity, -Infinity];

/** Smallest bounds around the given positions. */
export function boundsOf(positions: Iterable<LonLat>): Bounds {
  let [west, south, east, north] = emptyBounds;
  for (const [lon, lat] of positions) {
    if (lon < west) west = lon;
    if (lon > east) east = lon;
    if (lat < south) south = lat;
    if (lat > north) north = lat;
  }
  return [west, south, east, north];
}

/** Smallest bounds around polygons (only outer rings count, interior rings lie within). */
export function boundsOfPolygons(polygons: Polygons): Bounds {
  return polygons.map((polygon) => boundsOf(polygon[0] ?? [])).reduce(joinBounds, emptyBounds);
}

/** Smallest bounds around two bounds. */
export function joinBounds(a: Bounds, b: Bounds): Bounds {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** Whether two bounds share at least one position; touching counts. */
export function boundsMeet(a: Bounds, b: Bounds): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}
