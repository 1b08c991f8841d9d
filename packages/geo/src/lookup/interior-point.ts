import { boundsOf } from '../bounds.ts';
import { distanceToSegmentM, ringAreaM2 } from '../metres.ts';
import type { LonLat, Polygon, Polygons } from '../types.ts';

const scanLines = 15;

/**
 * A label point: a position well inside the largest polygon, never in an interior ring or outside a
 * bent shape as a centroid can be. Null when no polygon has any area.
 *
 * Cuts the polygon by level lines and takes, among the middles of the stretches inside, the one farthest
 * from the border.
 */
export function interiorPoint(polygons: Polygons): LonLat | null {
  const bySize = polygons
    .map((polygon) => ({ polygon, size: Math.abs(ringAreaM2(polygon[0] ?? [])) }))
    .toSorted((a, b) => b.size - a.size);
  for (const { polygon } of bySize) {
    const point = pointInside(polygon);
    if (point) return point;
  }
  return null;
}

function pointInside(polygon: Polygon): LonLat | null {
  const [, south, , north] = boundsOf(polygon[0] ?? []);
  let found: LonLat | null = null;
  // What is thinner than a micrometre is rounding, not land.
  let farthest = 1e-6;
  for (let line = 0; line < scanLines; line++) {
    const lat = south + ((north - south) * (line + 0.5)) / scanLines;
    const crossings = crossingsAt(polygon, lat);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const candidate: LonLat = [(crossings[i]! + crossings[i + 1]!) / 2, lat];
      const distance = distanceToBorder(polygon, candidate);
      if (distance > farthest) {
        farthest = distance;
        found = candidate;
      }
    }
  }
  return found;
}

/** Longitudes where the border crosses a latitude, ascending; between 0 and 1, 2 and 3, … is inside. */
function crossingsAt(polygon: Polygon, lat: number): number[] {
  const crossings: number[] = [];
  for (const ring of polygon) {
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = ring[i - 1]!;
      const [bx, by] = ring[i]!;
      if (ay <= lat === by <= lat) continue;
      crossings.push(ax + ((bx - ax) * (lat - ay)) / (by - ay));
    }
  }
  return crossings.toSorted((a, b) => a - b);
}

function distanceToBorder(polygon: Polygon, point: LonLat): number {
  let least = Infinity;
  for (const ring of polygon) {
    for (let i = 1; i < ring.length; i++) {
      least = Math.min(least, distanceToSegmentM(point, ring[i - 1]!, ring[i]!));
    }
  }
  return least;
}
