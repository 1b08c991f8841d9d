import type { Faces } from '../check/faces.ts';
import type { Lattice } from '../check/lattice.ts';
import { ringAreaM2 } from '../metres.ts';
import type { LonLat, Polygons } from '../types.ts';

/** The polygons of all areas out of the faces that they claim; label `i + 1` is area `i`. */
export function rebuildAreas(
  lattice: Lattice,
  faces: Faces,
  claimants: readonly (readonly number[])[],
  areaCount: number,
): Polygons[] {
  const leaving: Map<number, number[]>[] = Array.from({ length: areaCount }, () => new Map());
  faces.edges.forEach(({ u, v }, k) => {
    const left = claimants[faces.left[2 * k]!]!;
    const right = claimants[faces.left[2 * k + 1]!]!;
    for (const label of left) if (!right.includes(label)) add(leaving[label - 1]!, u, v);
    for (const label of right) if (!left.includes(label)) add(leaving[label - 1]!, v, u);
  });
  return leaving.map((edges) => nest(simpleRings(edges).map((ring) => lattice.ringOf(ring))));
}

function add(edges: Map<number, number[]>, from: number, to: number): void {
  const known = edges.get(from);
  if (known) known.push(to);
  else edges.set(from, [to]);
}

/**
 * Follows edges to rings that pass no vertex twice: whenever the way comes back to a vertex, the loop since then is a
 * ring of its own. So parts that touch in a point come apart, as simple features want them.
 */
function simpleRings(edges: Map<number, number[]>): number[][] {
  const rings: number[][] = [];
  for (const [start, ends] of edges) {
    while (ends.length > 0) {
      const path: number[] = [];
      const placeOf = new Map<number, number>();
      for (let at = start; ;) {
        const seen = placeOf.get(at);
        if (seen !== undefined) {
          const loop = path.splice(seen);
          for (const vertex of loop) placeOf.delete(vertex);
          rings.push(loop);
          if (path.length === 0) break;
        }
        placeOf.set(at, path.length);
        path.push(at);
        // As many edges leave a vertex as arrive, so there is always one.
        at = edges.get(at)!.pop()!;
      }
    }
  }
  return rings;
}

/** Puts interior rings (clockwise) into the smallest outer ring around them. */
function nest(rings: readonly LonLat[][]): Polygons {
  const sized = rings.map((ring) => ({ ring, size: ringAreaM2(ring) }));
  const outers = sized
    .filter(({ size }) => size > 0)
    .toSorted((a, b) => a.size - b.size)
    .map(({ ring }) => [ring]);
  for (const { ring, size } of sized) {
    if (size >= 0) continue;
    // A middle of an edge: a corner may be one that both rings pass.
    const probe: LonLat = [(ring[0]![0] + ring[1]![0]) / 2, (ring[0]![1] + ring[1]![1]) / 2];
    outers.find(([outer]) => contains(outer!, probe))?.push(ring);
  }
  return outers.toReversed();
}

function contains(ring: readonly LonLat[], [lon, lat]: LonLat): boolean {
  let odd = false;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1]!;
    const [bx, by] = ring[i]!;
    if (ay <= lat === by <= lat) continue;
    if (lon < ax + ((bx - ax) * (lat - ay)) / (by - ay)) odd = !odd;
  }
  return odd;
}
