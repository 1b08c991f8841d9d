import Flatbush from 'flatbush';
import { boundsOf } from '../bounds.ts';
import type { Area, LonLat, Polygon } from '../types.ts';
import { interiorPoint } from './interior-point.ts';
import { nearestArea, type NearestArea } from './nearest.ts';
import { insideEast, insideWest, sideOfPart } from './side-of-part.ts';

/** Answers "which area is this place in?" for the areas of one level. */
export type AreaIndex = {
  /** Codes in ascending order. */
  readonly codes: readonly string[];
  /**
   * Code of the area that a place belongs to, or null outside all of them (and for NaN).
   *
   * On a border exactly one area is right, and always the same one: the area to the east of it (to the
   * north of a level stretch). On the outer border it is the area inside. Where areas overlap the
   * smallest code wins.
   */
  locate(lon: number, lat: number): string | null;
  /** Codes of all areas that contain the place or have it on their border, ascending. */
  covering(lon: number, lat: number): string[];
  /** The area whose border is nearest, with the distance in metres (0 inside); null without areas. */
  nearest(lon: number, lat: number): NearestArea | null;
  /**
   * A place that gives away no more than its area: the label point of the area that contains it, for
   * public answers. Null outside all areas.
   */
  coarsePoint(lon: number, lat: number): LonLat | null;
};

/**
 * Builds the lookup of one level; build one index per level. Keeps flat copies of the coordinates
 * (16 bytes per vertex), so the areas given may be thrown away.
 * Throws on a repeated code. Areas without polygons are kept and never found.
 */
export function buildAreaIndex(areas: readonly Area[]): AreaIndex {
  // Sorted, so that a smaller number is a smaller code and the order of the input never shows.
  const sorted = areas.toSorted((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  const codes = sorted.map((area) => area.code);
  codes.forEach((code, i) => {
    if (i > 0 && codes[i - 1] === code) throw new Error(`area code ${code} is given twice`);
  });

  const parts = flattenParts(sorted);
  const { xy, ringStart, partStart, partArea } = parts;
  const labels = new Map<number, LonLat | null>();
  const tree = parts.count > 0 ? new Flatbush(parts.count) : null;
  for (let i = 0; i < parts.count; i++) {
    const [west, south, east, north] = parts.bounds[i]!;
    tree!.add(west, south, east, north);
  }
  tree?.finish();

  // One visitor with its results beside it: a closure per lookup would cost a third of the speed.
  let px = 0;
  let py = 0;
  let foundEast = -1;
  let foundWest = -1;
  let foundTouching = -1;
  const visit = (part: number): boolean => {
    const side = sideOfPart(xy, ringStart, partStart[part]!, partStart[part + 1]!, px, py);
    if (side !== 0) {
      const area = partArea[part]!;
      if (side & insideEast && (foundEast < 0 || area < foundEast)) foundEast = area;
      if (side & insideWest && (foundWest < 0 || area < foundWest)) foundWest = area;
      if (foundTouching < 0 || area < foundTouching) foundTouching = area;
    }
    return false;
  };

  function locateNumber(lon: number, lat: number): number {
    if (!tree) return -1;
    px = lon;
    py = lat;
    foundEast = foundWest = foundTouching = -1;
    tree.search(lon, lat, lon, lat, visit);
    // West before merely touching: then a village and its grids agree on the outer border too.
    return foundEast >= 0 ? foundEast : foundWest >= 0 ? foundWest : foundTouching;
  }

  return {
    codes,
    locate(lon, lat) {
      const found = locateNumber(lon, lat);
      return found < 0 ? null : codes[found]!;
    },
    covering(lon, lat) {
      if (!tree) return [];
      const found = new Set<number>();
      for (const part of tree.search(lon, lat, lon, lat)) {
        if (sideOfPart(xy, ringStart, partStart[part]!, partStart[part + 1]!, lon, lat) !== 0) {
          found.add(partArea[part]!);
        }
      }
      return [...found].toSorted((a, b) => a - b).map((area) => codes[area]!);
    },
    nearest(lon, lat) {
      const inside = locateNumber(lon, lat);
      if (inside >= 0) return { code: codes[inside]!, metres: 0 };
      return tree && nearestArea(tree, parts, codes, lon, lat);
    },
    coarsePoint(lon, lat) {
      const found = locateNumber(lon, lat);
      if (found < 0) return null;
      let label = labels.get(found);
      if (label === undefined) {
        label = interiorPoint(sorted[found]!.polygons);
        labels.set(found, label);
      }
      return label;
    },
  };
}

/** All polygons of all areas in flat arrays; polygon `p` owns rings `partStart[p] … partStart[p + 1]`. */
export type FlatParts = ReturnType<typeof flattenParts>;

function flattenParts(areas: readonly Area[]) {
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
