import { makeBorders, type Borders } from '../check/borders.ts';
import { nameClaimants } from '../check/claimants.ts';
import { Lattice, originOf } from '../check/lattice.ts';
import { boundsOfPolygons } from '../bounds.ts';
import { distanceToSegmentM } from '../metres.ts';
import { quantaPerDegree } from '../quantise.ts';
import type { Area, LonLat, Polygons } from '../types.ts';
import { PlaneMetric } from './plane-metric.ts';
import { pullTogether } from './pull-together.ts';
import { rebuildAreas } from './rebuild.ts';
import { settleSlivers } from './settle-slivers.ts';

const pullShare = 0.75;

/** What the repair did to one area. */
export type Moved = {
  readonly code: string;
  /** Vertices that the border has lost or got. */
  readonly vertices: number;
  /** The farthest that any piece of the border has moved, metres. */
  readonly maxM: number;
};

/**
 * Repairs the small faults of a tiling: borders closer to each other than the tolerance become one and the same, and gaps
 * and overlaps thinner than it are given to one side. No border moves farther than the tolerance (plus half a centimetre for
 * rounding to storable coordinates). Larger faults stay as they are: check the result with `checkTiling`.
 *
 * Two borders that were drawn with an error of 1 m each are up to 2 m apart: choose twice the error. The result has
 * polygons that meet themselves nowhere, and every vertex on a shared border is in both areas, so that `fromPolygons` recognises it.
 *
 * @param toleranceM metres, 0 or more; with 0 only crossings within a centimetre are tidied
 */
export function snapAreas(areas: readonly Area[], toleranceM: number): { areas: Area[]; moved: Moved[] } {
  if (!(toleranceM >= 0)) throw new RangeError('the tolerance must be a number of metres, 0 or more');
  const origin = originOf(areas);
  const lattice = new Lattice(origin, quantaPerDegree);
  const { vertices } = lattice;
  const borders = makeBorders(lattice, areas);
  const metric = new PlaneMetric(vertices, leastLatitude(areas), quantaPerDegree);
  // Not the whole tolerance: settling what is left over moves borders a little more.
  const edges = pullTogether(vertices, metric, borders, pullShare * toleranceM);
  const overlay = nameClaimants(lattice, edges);
  const { faces, claimants } = settleSlivers(vertices, metric, borders, overlay, toleranceM);
  const polygons = rebuildAreas(lattice, faces, claimants, areas.length);
  return {
    areas: areas.map(({ code }, i) => ({ code, polygons: polygons[i]! })),
    moved: areas.flatMap(({ code }, i) => describeMove(lattice, borders, i, code, polygons[i]!)),
  };
}

function leastLatitude(areas: readonly Area[]): number {
  let least = 90;
  for (const { polygons } of areas) {
    const [, south, , north] = boundsOfPolygons(polygons);
    if (south <= north)
      least = Math.min(least, south <= 0 && north >= 0 ? 0 : Math.min(Math.abs(south), Math.abs(north)));
  }
  return least;
}

function describeMove(lattice: Lattice, borders: Borders, number: number, code: string, polygons: Polygons): Moved[] {
  const before: [LonLat, LonLat][] = [];
  for (let i = borders.start[number]!; i < borders.start[number + 1]!; i++) {
    before.push([lattice.position(borders.from[i]!), lattice.position(borders.to[i]!)]);
  }
  const after = polygons.flat().flatMap((ring) => ring.slice(1).map((b, i): [LonLat, LonLat] => [ring[i]!, b]));
  const lost = missingFrom(after, before);
  const got = missingFrom(before, after);
  if (lost.length + got.length === 0) return [];
  // Both ways: a corner cut off is far from the new border, a new corner far from the old one.
  const maxM = Math.max(farthest(lost, after), farthest(got, before));
  return [{ code, vertices: lost.length + got.length, maxM }];
}

/** Starting positions of `edges` that no edge of `others` starts at. */
function missingFrom(others: readonly [LonLat, LonLat][], edges: readonly [LonLat, LonLat][]): LonLat[] {
  const known = new Set(others.map(([start]) => String(start)));
  return edges.map(([start]) => start).filter((start) => !known.has(String(start)));
}

function farthest(positions: readonly LonLat[], border: readonly [LonLat, LonLat][]): number {
  if (border.length === 0) return 0;
  let most = 0;
  for (const position of positions) {
    let least = Infinity;
    for (const [a, b] of border) least = Math.min(least, distanceToSegmentM(position, a, b));
    most = Math.max(most, least);
  }
  return most;
}
