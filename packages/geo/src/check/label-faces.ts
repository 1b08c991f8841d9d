import type { Faces } from './faces.ts';

/**
 * Labels every face, beginning with the unbounded one, by walking from face to face.
 *
 * @param cross the label of the face to the left of an edge (seen from `u` to `v`) from that of the face to its
 * right when `toLeft`, else the other way round
 */
export function labelFaces<Label>(
  faces: Faces,
  outer: Label,
  cross: (label: Label, uses: readonly number[], toLeft: boolean) => Label,
): Label[] {
  const labels: (Label | undefined)[] = Array.from({ length: faces.count });
  labels[0] = outer;
  const queue = [0];
  for (const face of queue) {
    for (const half of faces.halves(face)) {
      const next = faces.left[half ^ 1]!;
      if (labels[next] !== undefined) continue;
      // A half-edge along u → v has this face on its left, so the way out leads to the right.
      labels[next] = cross(labels[face] as Label, faces.edges[half >> 1]!.uses, (half & 1) === 1);
      queue.push(next);
    }
  }
  return labels as Label[];
}
