import type { Borders } from '../check/borders.ts';
import type { Faces } from '../check/faces.ts';
import type { VertexTable } from '../check/vertex-table.ts';
import type { PlaneMetric } from './plane-metric.ts';

/**
 * Gives each thin face that no area or several areas claim to one of them: the one with which it shares the longest
 * border. A face is thin when no border moves farther than the tolerance by that, neither of the areas that lose it nor of one
 * that gains it. What is not thin keeps its claimants.
 *
 * @param claimants labels (`area + 1`) by face; changed in place
 */
export function settleFaces(
  vertices: VertexTable,
  metric: PlaneMetric,
  borders: Borders,
  faces: Faces,
  claimants: (readonly number[])[],
  toleranceM: number,
): void {
  let open = claimants.flatMap((labels, face) => (face > 0 && labels.length !== 1 ? [face] : []));
  // A face amid other open ones waits until one of its neighbours is settled.
  for (;;) {
    const stillOpen = open.filter((face) => {
      const owner = newOwner(face);
      if (owner !== null) claimants[face] = [owner];
      return owner === null;
    });
    if (stillOpen.length === open.length) return;
    open = stillOpen;
  }

  function newOwner(face: number): number | null {
    const claiming = claimants[face]!;
    const shared = new Map<number, number>();
    for (const half of faces.halves(face)) {
      const beyond = claimants[faces.left[half ^ 1]!]!;
      const { u, v } = faces.edges[half >> 1]!;
      if (beyond.length !== 1) continue;
      shared.set(beyond[0]!, (shared.get(beyond[0]!) ?? 0) + metric.distance(u, v));
    }
    const candidates = [...shared]
      .filter(([label]) => claiming.length === 0 || claiming.includes(label))
      .toSorted(([a, metresA], [b, metresB]) => metresB - metresA || a - b);
    for (const [label] of candidates) {
      const changing = claiming.length === 0 ? [label] : claiming.filter((other) => other !== label);
      if (changing.every((other) => movesLittle(face, other))) return label;
    }
    return null;
  }

  /**
   * Whether an area's border moves little when it gains or loses a face: the new border must be near the old one
   * everywhere, and what it leaves (the tip of a spike) near the new one. Middles of edges count as well.
   */
  function movesLittle(face: number, label: number): boolean {
    const has = claimants[face]!.includes(label);
    const newBorder = faces
      .halves(face)
      .filter((half) => claimants[faces.left[half ^ 1]!]!.includes(label) === has)
      .map((half) => faces.edges[half >> 1]!);
    const { x, y } = vertices;
    if (newBorder.length === 0) return isScrap(face);
    for (const half of faces.halves(face)) {
      const { u, v } = faces.edges[half >> 1]!;
      for (const [px, py] of [
        [x[u]!, y[u]!],
        [x[v]!, y[v]!],
        [(x[u]! + x[v]!) / 2, (y[u]! + y[v]!) / 2],
      ] as const) {
        const nearNew = newBorder.some((edge) => metric.pointToSegment(px, py, edge.u, edge.v).metres <= toleranceM);
        if (!nearNew || !isNear(px, py, label - 1)) return false;
      }
    }
    return true;
  }

  /** A speck that vanishes altogether (or is filled) leaves no border to compare with: its size decides. */
  function isScrap(face: number): boolean {
    const [first, ...others] = faces.rings[face]![0]!;
    return others.every((vertex) => metric.distance(first!, vertex) <= toleranceM);
  }

  function isNear(px: number, py: number, area: number): boolean {
    for (let i = borders.start[area]!; i < borders.start[area + 1]!; i++) {
      const { metres } = metric.pointToSegment(px, py, borders.from[i]!, borders.to[i]!);
      if (metres <= toleranceM) return true;
    }
    return false;
  }
}
