import { makeFaces, type Faces } from './faces.ts';
import { labelFaces } from './label-faces.ts';
import type { Lattice } from './lattice.ts';
import { nodeEdges, type Edge } from './noding.ts';

/** How many areas claim a face, and whether it lies in the outline. */
export type Claim = { areas: number; outline: boolean };

/**
 * The plane cut along unmatched edges, with the number of areas that claim each face. Matched edges may be left out:
 * crossing one changes which area claims the land, not how many do.
 *
 * @returns `noded`: all the edges, cut where they meet
 * @param outlineLabel uses of this number belong to the outline; all others to areas
 */
export function countClaims(
  lattice: Lattice,
  edges: readonly Edge[],
  outlineLabel: number,
): { faces: Faces; claims: Claim[]; noded: readonly Edge[] } {
  const nets = new Map<readonly number[], Count>();
  const net = (uses: readonly number[]): Count => {
    let known = nets.get(uses);
    if (!known) {
      known = { areas: 0, outline: 0 };
      for (const use of uses) {
        if (Math.abs(use) === outlineLabel) known.outline += Math.sign(use);
        else known.areas += Math.sign(use);
      }
      nets.set(uses, known);
    }
    return known;
  };
  const noded = nodeEdges(lattice.vertices, edges);
  const dividing = noded.filter(({ uses }) => {
    const { areas, outline } = net(uses);
    return areas !== 0 || outline !== 0;
  });
  const faces = makeFaces(lattice.vertices, dividing);
  const counts = labelFaces<Count>(faces, { areas: 0, outline: 0 }, (label, uses, toLeft) => {
    const step = net(uses);
    const sign = toLeft ? 1 : -1;
    return { areas: label.areas + sign * step.areas, outline: label.outline + sign * step.outline };
  });
  return {
    noded,
    faces,
    claims: counts.map(({ areas, outline }) => ({ areas, outline: outline > 0 })),
  };
}

type Count = { areas: number; outline: number };
