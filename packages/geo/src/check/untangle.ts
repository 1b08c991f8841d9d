import { ringAreaM2 } from '../metres.ts';
import { makeFaces, type Faces } from './faces.ts';
import { labelFaces } from './label-faces.ts';
import type { Lattice, LatticeRing } from './lattice.ts';
import { nodeEdges, type Edge } from './noding.ts';

export type Untangled = {
  /** The area's border as directed edges with its land on their left, free of crossings. */
  from: number[];
  to: number[];
  /** Square metres that rings enclose twice, or the wrong way round. */
  unclearM2: number;
};

/**
 * The border of an area whose rings may cross, touch or lie on the wrong side of each other. The area is taken to be all
 * the land that its rings go around (nonzero winding), which keeps both halves of a figure of eight.
 */
export function untangle(lattice: Lattice, rings: readonly LatticeRing[]): Untangled {
  const edges: Edge[] = rings.flatMap((ring) =>
    ring.map((u, i) => ({ u, v: ring[(i + 1) % ring.length]!, uses: [1] })),
  );
  const noded = nodeEdges(lattice.vertices, edges).filter(({ uses }) => net(uses) !== 0);
  const faces = makeFaces(lattice.vertices, noded);
  const windings = labelFaces(faces, 0, (winding: number, uses, toLeft) =>
    toLeft ? winding + net(uses) : winding - net(uses),
  );
  const from: number[] = [];
  const to: number[] = [];
  noded.forEach(({ u, v }, k) => {
    const left = windings[faces.left[2 * k]!] !== 0;
    const right = windings[faces.left[2 * k + 1]!] !== 0;
    if (left === right) return;
    from.push(left ? u : v);
    to.push(left ? v : u);
  });
  const unclearM2 = windings.reduce(
    (sum, winding, face) => (winding === 0 || winding === 1 ? sum : sum + faceAreaM2(lattice, faces, face)),
    0,
  );
  return { from, to, unclearM2 };
}

/** Sum of directions: how much more land is on the left of `u` → `v`. */
export function net(uses: readonly number[]): number {
  let sum = 0;
  for (const use of uses) sum += Math.sign(use);
  return sum;
}

/** Square metres of a bounded face. */
export function faceAreaM2(lattice: Lattice, faces: Faces, face: number): number {
  // Rings within the face run clockwise, so their areas are negative already.
  return faces.rings[face]!.reduce((sum, ring) => sum + ringAreaM2(lattice.ringOf(ring)), 0);
}
