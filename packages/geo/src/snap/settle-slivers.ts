import type { Borders } from '../check/borders.ts';
import { makeFaces, type Faces } from '../check/faces.ts';
import type { VertexTable } from '../check/vertex-table.ts';
import type { PlaneMetric } from './plane-metric.ts';
import { settleFaces } from './settle-faces.ts';
import { triangulate } from './triangulate.ts';

export type Settled = { faces: Faces; claimants: (readonly number[])[] };

/**
 * Settles thin faces, first whole, then cut into triangles: where three areas meet, the slivers between them are one
 * branched face, of which each area can only take its own branch.
 */
export function settleSlivers(
  vertices: VertexTable,
  metric: PlaneMetric,
  borders: Borders,
  { faces, claimants }: Settled,
  toleranceM: number,
): Settled {
  settleFaces(vertices, metric, borders, faces, claimants, toleranceM);
  const diagonals: { edge: [number, number]; face: number }[] = [];
  claimants.forEach((labels, face) => {
    const rings = faces.rings[face]!;
    if (face === 0 || labels.length === 1 || rings.length > 1) return;
    if (!isThin(rings[0]!)) return;
    for (const edge of triangulate(vertices, rings[0]!, (a, b) => metric.distance(a, b))) {
      diagonals.push({ edge, face });
    }
  });
  if (diagonals.length === 0) return { faces, claimants };

  const cut = makeFaces(vertices, [...faces.edges, ...diagonals.map(({ edge: [u, v] }) => ({ u, v, uses: [] }))]);
  // Old edges keep their numbers, so each piece knows the face that it comes from.
  const pieces: (readonly number[])[] = Array.from({ length: cut.count }, () => []);
  faces.left.forEach((face, half) => (pieces[cut.left[half]!] = claimants[face]!));
  diagonals.forEach(({ face }, i) => {
    const half = 2 * (faces.edges.length + i);
    pieces[cut.left[half]!] = claimants[face]!;
    pieces[cut.left[half + 1]!] = claimants[face]!;
  });
  settleFaces(vertices, metric, borders, cut, pieces, toleranceM);
  return { faces: cut, claimants: pieces };

  function isThin(ring: readonly number[]): boolean {
    const { x, y } = vertices;
    let area = 0;
    let around = 0;
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length]!;
      const [first] = ring as [number, ...number[]];
      area += (x[a]! - x[first]!) * (y[b]! - y[first]!) - (x[b]! - x[first]!) * (y[a]! - y[first]!);
      around += metric.distance(a, b);
    });
    return (Math.abs(area) * metric.east * metric.north) / around <= toleranceM;
  }
}
