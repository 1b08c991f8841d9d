import type Flatbush from 'flatbush';
import { distanceToSegmentM, metresPerDegree } from '../metres.ts';
import type { FlatParts } from './flat-parts.ts';

export type NearestArea = { readonly code: string; readonly metres: number };

/**
 * The area whose border is nearest to a place outside all areas.
 * Boxes are asked for in widening squares: one more search with the distance found makes it exact.
 */
export function nearestArea(
  tree: Flatbush,
  parts: FlatParts,
  codes: readonly string[],
  lon: number,
  lat: number,
): NearestArea | null {
  if (!Number.isFinite(lon) || !Number.isFinite(lat) || Math.abs(lat) > 89) return null;
  const scale = metresPerDegree(lat);
  const within = (metres: number) =>
    tree.search(lon - metres / scale.lon, lat - metres / scale.lat, lon + metres / scale.lon, lat + metres / scale.lat);
  let reach = 100;
  let candidates = within(reach);
  while (candidates.length === 0 && reach < 5e7) {
    reach *= 4;
    candidates = within(reach);
  }
  const first = best(parts, candidates, lon, lat);
  if (!first) return null;
  const sure = best(parts, within(first.metres), lon, lat) ?? first;
  return { code: codes[sure.area]!, metres: sure.metres };
}

function best(parts: FlatParts, candidates: readonly number[], lon: number, lat: number) {
  let found: { area: number; metres: number } | null = null;
  for (const part of candidates) {
    const metres = distanceToPart(parts, part, lon, lat);
    const area = parts.partArea[part]!;
    // Equal distances (a shared corner) go to the smaller code, so the answer is always the same.
    if (!found || metres < found.metres || (metres === found.metres && area < found.area)) {
      found = { area, metres };
    }
  }
  return found;
}

function distanceToPart(parts: FlatParts, part: number, lon: number, lat: number): number {
  const { xy, ringStart, partStart } = parts;
  let least = Infinity;
  for (let ring = partStart[part]!; ring < partStart[part + 1]!; ring++) {
    for (let at = ringStart[ring]!; at < ringStart[ring + 1]! - 2; at += 2) {
      const metres = distanceToSegmentM([lon, lat], [xy[at]!, xy[at + 1]!], [xy[at + 2]!, xy[at + 3]!]);
      if (metres < least) least = metres;
    }
  }
  return least;
}
