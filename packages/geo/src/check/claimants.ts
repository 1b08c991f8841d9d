import { makeFaces, type Faces } from './faces.ts';
import { labelFaces } from './label-faces.ts';
import type { Lattice } from './lattice.ts';
import { nodeEdges, type Edge } from './noding.ts';

/** The plane cut along the borders of some areas, with the labels of those that claim each face, ascending. */
export function nameClaimants(
  lattice: Lattice,
  edges: readonly Edge[],
): { faces: Faces; claimants: (readonly number[])[] } {
  const noded = nodeEdges(lattice.vertices, edges)
    .map(({ u, v, uses }) => ({ u, v, uses: withoutPairs(uses) }))
    .filter(({ uses }) => uses.length > 0);
  const faces = makeFaces(lattice.vertices, noded);
  const claimants = labelFaces<readonly number[]>(faces, [], (label, uses) => {
    // An area's own edges are the only way in and out of it, so crossing one switches.
    const claims = new Set(label);
    for (const use of uses) {
      const area = Math.abs(use);
      if (!claims.delete(area)) claims.add(area);
    }
    return [...claims].toSorted((a, b) => a - b);
  });
  return { faces, claimants };
}

/** An area that runs along an edge in both directions has land on both sides: no border. */
function withoutPairs(uses: readonly number[]): readonly number[] {
  if (uses.length === 1) return uses;
  const odd = new Set<number>();
  for (const use of uses) {
    const area = Math.abs(use);
    if (!odd.delete(area)) odd.add(area);
  }
  return [...odd];
}
