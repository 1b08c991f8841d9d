import Flatbush from 'flatbush';
import type { Area, LonLat } from '../types.ts';
import { firstAround } from './first-around.ts';
import { flattenParts } from './flat-parts.ts';
import { interiorPoint } from './interior-point.ts';
import { nearestArea, type NearestArea } from './nearest.ts';
import { inside, sideOfPart } from './side-of-part.ts';

/** Answers "which area is this place in?" for the areas of one level. */
export type AreaIndex = {
  /** Codes in ascending order. */
  readonly codes: readonly string[];
  /**
   * Code of the area that a place belongs to, or null outside all of them (and for NaN).
   *
   * On a border exactly one area is right, and always the same one: the area to the east of it (to the
   * north of a level stretch), on the outer border the first one counter-clockwise from there. Where
   * areas overlap the smallest code wins.
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
  const tree = parts.count > 0 ? new Flatbush(parts.count, 8) : null;
  for (let i = 0; i < parts.count; i++) {
    const [west, south, east, north] = parts.bounds[i]!;
    tree!.add(west, south, east, north);
  }
  tree?.finish();

  // One visitor with its results beside it: a closure per lookup would cost a third of the speed.
  let px = 0;
  let py = 0;
  let found = -1;
  let touching: number[] | null = null;
  const visit = (part: number): boolean => {
    const side = sideOfPart(xy, ringStart, partStart[part]!, partStart[part + 1]!, px, py);
    if (side & inside) {
      const area = partArea[part]!;
      if (found < 0 || area < found) found = area;
    } else if (side !== 0) {
      (touching ??= []).push(part);
    }
    return false;
  };

  function locateNumber(lon: number, lat: number): number {
    if (!tree) return -1;
    px = lon;
    py = lat;
    found = -1;
    touching = null;
    tree.search(lon, lat, lon, lat, visit);
    return found < 0 && touching ? firstAround(parts, touching, lon, lat) : found;
  }

  return {
    codes,
    locate(lon, lat) {
      const area = locateNumber(lon, lat);
      return area < 0 ? null : codes[area]!;
    },
    covering(lon, lat) {
      if (!tree) return [];
      const covering = new Set<number>();
      for (const part of tree.search(lon, lat, lon, lat)) {
        if (sideOfPart(xy, ringStart, partStart[part]!, partStart[part + 1]!, lon, lat) !== 0) {
          covering.add(partArea[part]!);
        }
      }
      return [...covering].toSorted((a, b) => a - b).map((area) => codes[area]!);
    },
    nearest(lon, lat) {
      const area = locateNumber(lon, lat);
      if (area >= 0) return { code: codes[area]!, metres: 0 };
      return tree && nearestArea(tree, parts, codes, lon, lat);
    },
    coarsePoint(lon, lat) {
      const area = locateNumber(lon, lat);
      if (area < 0) return null;
      let label = labels.get(area);
      if (label === undefined) {
        label = interiorPoint(sorted[area]!.polygons);
        labels.set(area, label);
      }
      return label;
    },
  };
}
