import Flatbush from 'flatbush';
import type { Borders } from '../check/borders.ts';
import type { Edge } from '../check/noding.ts';
import { unmatchedEdges } from '../check/unmatched.ts';
import type { VertexTable } from '../check/vertex-table.ts';
import type { PlaneMetric } from './plane-metric.ts';

/**
 * Draws the borders of different areas together: a vertex moves onto the nearest vertex of another area within the
 * tolerance, and an edge is bent through vertices of other areas beside it. Only borders that do not match already are
 * touched, and distances are measured from where things were, so nothing is drawn farther than the tolerance.
 *
 * @returns all borders; label `i + 1` is area `i`
 */
export function pullTogether(vertices: VertexTable, metric: PlaneMetric, borders: Borders, toleranceM: number): Edge[] {
  const { from, to, area } = borders;
  const areasAt = new Map<number, Set<number>>();
  const join = (vertex: number, number: number) => {
    const known = areasAt.get(vertex);
    if (known) known.add(number);
    else areasAt.set(vertex, new Set([number]));
  };
  for (let i = 0; i < from.length; i++) {
    join(from[i]!, area[i]!);
    join(to[i]!, area[i]!);
  }
  const loose = new Set(unmatchedEdges(borders, vertices.count));
  const near = nearVertices(vertices, metric, [...areasAt.keys()], toleranceM);
  const target = settle(vertices, metric, borders, loose, areasAt, near, toleranceM);
  const bends = findBends(metric, borders, loose, areasAt, near, target, toleranceM);

  const edges: Edge[] = [];
  for (let i = 0; i < from.length; i++) {
    const uses = [area[i]! + 1];
    const inner = (bends.get(i) ?? []).toSorted((p, q) => p.along - q.along);
    const stops = [target(from[i]!), ...inner.map(({ vertex }) => vertex), target(to[i]!)];
    for (let k = 1; k < stops.length; k++) {
      if (stops[k - 1] !== stops[k]) edges.push({ u: stops[k - 1]!, v: stops[k]!, uses });
    }
  }
  return edges;
}

/** Finds vertices in a box around two others, widened by the tolerance. */
function nearVertices(
  { x, y }: VertexTable,
  metric: PlaneMetric,
  used: readonly number[],
  toleranceM: number,
): (a: number, b: number) => number[] {
  if (used.length === 0) return () => [];
  const tree = new Flatbush(used.length);
  for (const vertex of used) tree.add(x[vertex]!, y[vertex]!);
  tree.finish();
  const padX = toleranceM / metric.east;
  const padY = toleranceM / metric.north;
  return (a, b) =>
    tree
      .search(
        Math.min(x[a]!, x[b]!) - padX,
        Math.min(y[a]!, y[b]!) - padY,
        Math.max(x[a]!, x[b]!) + padX,
        Math.max(y[a]!, y[b]!) + padY,
      )
      .map((i) => used[i]!);
}

/** Decides where each vertex goes: vertices on matched borders stay, and so do those that others have come to. */
function settle(
  { x, y }: VertexTable,
  metric: PlaneMetric,
  { from, to }: Borders,
  loose: ReadonlySet<number>,
  areasAt: ReadonlyMap<number, Set<number>>,
  near: (a: number, b: number) => number[],
  toleranceM: number,
): (vertex: number) => number {
  const anchors = new Set<number>();
  for (let i = 0; i < from.length; i++) {
    if (loose.has(i)) continue;
    anchors.add(from[i]!);
    anchors.add(to[i]!);
  }
  const target = new Map<number, number>();
  for (const vertex of anchors) target.set(vertex, vertex);
  // Where most areas meet already, the others join; then by place, so that the order of areas has no say.
  const movable = [...areasAt.keys()]
    .filter((vertex) => !anchors.has(vertex))
    .toSorted((a, b) => areasAt.get(b)!.size - areasAt.get(a)!.size || x[a]! - x[b]! || y[a]! - y[b]!);
  for (const vertex of movable) {
    const areas = areasAt.get(vertex)!;
    let best = vertex;
    let least = toleranceM;
    for (const other of near(vertex, vertex)) {
      if (target.get(other) !== other) continue;
      const metres = metric.distance(vertex, other);
      // Two vertices of one area stay apart: else short edges would vanish.
      if (metres > least || meets(areas, areasAt.get(other)!)) continue;
      least = metres;
      best = other;
    }
    target.set(vertex, best);
    for (const number of areas) areasAt.get(best)!.add(number);
  }
  return (vertex) => target.get(vertex) ?? vertex;
}

function meets(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  for (const member of a) if (b.has(member)) return true;
  return false;
}

type Bend = { vertex: number; along: number };

/** For each loose edge the vertices of other areas to bend it through. */
function findBends(
  metric: PlaneMetric,
  { from, to, area }: Borders,
  loose: ReadonlySet<number>,
  areasAt: ReadonlyMap<number, ReadonlySet<number>>,
  near: (a: number, b: number) => number[],
  target: (vertex: number) => number,
  toleranceM: number,
): Map<number, Bend[]> {
  // An area goes through a vertex once, on the nearest of its edges.
  const nearest = new Map<string, Bend & { edge: number; metres: number }>();
  for (const edge of loose) {
    const [a, b] = [from[edge]!, to[edge]!];
    for (const vertex of near(a, b)) {
      if (target(vertex) !== vertex || areasAt.get(vertex)!.has(area[edge]!)) continue;
      const { metres, along } = metric.toSegment(vertex, a, b);
      if (metres > toleranceM || along <= 0 || along >= 1) continue;
      const key = `${vertex} ${area[edge]}`;
      const known = nearest.get(key);
      if (!known || metres < known.metres) nearest.set(key, { vertex, along, edge, metres });
    }
  }
  const bends = new Map<number, Bend[]>();
  for (const { vertex, along, edge } of nearest.values()) {
    const known = bends.get(edge);
    if (known) known.push({ vertex, along });
    else bends.set(edge, [{ vertex, along }]);
  }
  return bends;
}
