import Flatbush from 'flatbush';
import { orient2d } from 'robust-predicates';
import type { Edge } from './noding.ts';
import type { VertexTable } from './vertex-table.ts';

/**
 * The faces that noded edges cut the plane into. Half-edge `2k` runs along edge `k` from `u` to `v`, `2k + 1` back;
 * each has its face on the left. Face 0 is the unbounded one.
 */
export type Faces = {
  readonly count: number;
  readonly edges: readonly Edge[];
  /** Face to the left of each half-edge. */
  readonly left: Int32Array;
  /** The rings around each face as vertex numbers: counter-clockwise outer one first (none for face 0). */
  readonly rings: readonly (readonly (readonly number[])[])[];
  /** The half-edges that have a face on their left. */
  halves(face: number): readonly number[];
};

export function makeFaces(vertices: VertexTable, edges: readonly Edge[]): Faces {
  const cycles = traceCycles(vertices, edges);
  const faceOfCycle = new Int32Array(cycles.rings.length).fill(-1);
  const rings: number[][][] = [[]];
  const outers: number[] = [];
  cycles.rings.forEach((ring, cycle) => {
    if (!turnsLeft(vertices, ring)) return;
    faceOfCycle[cycle] = rings.length;
    rings.push([ring]);
    outers.push(cycle);
  });
  // What turns the other way is the contour of a connected group of edges, seen from the face around it.
  const around = containment(vertices, cycles.rings, outers, cycles.component);
  cycles.rings.forEach((ring, cycle) => {
    if (faceOfCycle[cycle] !== -1) return;
    const container = around(cycle);
    const face = container < 0 ? 0 : faceOfCycle[container]!;
    faceOfCycle[cycle] = face;
    rings[face]!.push(ring);
  });
  const left = cycles.cycleOf.map((cycle) => faceOfCycle[cycle]!);
  const halves: number[][] = rings.map(() => []);
  left.forEach((face, half) => halves[face]!.push(half));
  return { count: rings.length, edges, left, rings, halves: (face) => halves[face]! };
}

function traceCycles(vertices: VertexTable, edges: readonly Edge[]) {
  const next = nextAround(vertices, edges);
  const cycleOf = new Int32Array(2 * edges.length).fill(-1);
  const rings: number[][] = [];
  for (let start = 0; start < cycleOf.length; start++) {
    if (cycleOf[start] !== -1) continue;
    const ring: number[] = [];
    for (let half = start; cycleOf[half] === -1; half = next[half]!) {
      cycleOf[half] = rings.length;
      ring.push(startOf(edges, half));
    }
    rings.push(ring);
  }
  return { rings, cycleOf, component: components(edges, rings) };
}

function startOf(edges: readonly Edge[], half: number): number {
  const edge = edges[half >> 1]!;
  return half & 1 ? edge.v : edge.u;
}

/** For each half-edge the one that follows it around the face on its left: at its end, the next one clockwise. */
function nextAround({ x, y }: VertexTable, edges: readonly Edge[]): Int32Array {
  const leaving = new Map<number, number[]>();
  for (let half = 0; half < 2 * edges.length; half++) {
    const start = startOf(edges, half);
    const known = leaving.get(start);
    if (known) known.push(half);
    else leaving.set(start, [half]);
  }
  const next = new Int32Array(2 * edges.length);
  for (const [vertex, halves] of leaving) {
    const px = x[vertex]!;
    const py = y[vertex]!;
    const end = (half: number) => startOf(edges, half ^ 1);
    const quarter = (half: number) => {
      const dx = x[end(half)]! - px;
      const dy = y[end(half)]! - py;
      if (dy > 0) return dx > 0 ? 0 : 1;
      if (dy < 0) return dx < 0 ? 2 : 3;
      return dx > 0 ? 0 : 2;
    };
    // Counter-clockwise by direction; directions are compared exactly, and no two are equal once noded.
    halves.sort((a, b) => {
      const byQuarter = quarter(a) - quarter(b);
      if (byQuarter !== 0) return byQuarter;
      return orient2d(px, py, x[end(a)]!, y[end(a)]!, x[end(b)]!, y[end(b)]!);
    });
    halves.forEach((half, i) => {
      next[half ^ 1] = halves[(i + halves.length - 1) % halves.length]!;
    });
  }
  return next;
}

/** A number for each ring, equal for rings that are connected through edges. */
function components(edges: readonly Edge[], rings: readonly (readonly number[])[]): number[] {
  const parent = new Map<number, number>();
  const root = (vertex: number): number => {
    let at = vertex;
    for (let up = parent.get(at) ?? at; up !== at; up = parent.get(at) ?? at) {
      parent.set(at, parent.get(up) ?? up);
      at = up;
    }
    return at;
  };
  for (const { u, v } of edges) parent.set(root(u), root(v));
  return rings.map((ring) => root(ring[0]!));
}

/** Whether a ring runs counter-clockwise, that is, has its face inside. Exact even for the thinnest rings. */
function turnsLeft({ x, y }: VertexTable, ring: readonly number[]): boolean {
  const [first] = ring as [number, ...number[]];
  let sum = 0;
  let size = 0;
  for (let i = 1; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i]!, ring[i + 1]!];
    const plus = (x[a]! - x[first]!) * (y[b]! - y[first]!);
    const minus = (x[b]! - x[first]!) * (y[a]! - y[first]!);
    sum += plus - minus;
    size += Math.abs(plus) + Math.abs(minus);
  }
  if (Math.abs(sum) > 1e-12 * ring.length * size) return sum > 0;
  let exact = 0n;
  for (let i = 0; i < ring.length; i++) {
    const [a, b] = [ring[i]!, ring[(i + 1) % ring.length]!];
    exact += BigInt(x[a]!) * BigInt(y[b]!) - BigInt(x[b]!) * BigInt(y[a]!);
  }
  return exact > 0n;
}

/** Finds, for a contour, the innermost ring of another group that contains it; -1 for none. */
function containment(
  { x, y }: VertexTable,
  rings: readonly (readonly number[])[],
  outers: readonly number[],
  component: readonly number[],
): (cycle: number) => number {
  if (outers.length === 0) return () => -1;
  const tree = new Flatbush(outers.length);
  const size = new Map<number, number>();
  for (const cycle of outers) {
    const box = boxOf(rings[cycle]!);
    tree.add(...box);
    size.set(cycle, (box[2] - box[0]) * (box[3] - box[1]));
  }
  tree.finish();
  return (cycle) => {
    const vertex = rings[cycle]![0]!;
    const px = x[vertex]!;
    const py = y[vertex]!;
    let found = -1;
    for (const i of tree.search(px, py, px, py)) {
      const outer = outers[i]!;
      if (component[outer] === component[cycle]) continue;
      // Rings that both contain a place are nested, so the one with the smaller box is the inner one.
      if (found >= 0 && size.get(outer)! >= size.get(found)!) continue;
      if (contains(rings[outer]!, px, py)) found = outer;
    }
    return found;
  };

  function boxOf(ring: readonly number[]): [number, number, number, number] {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const vertex of ring) {
      west = Math.min(west, x[vertex]!);
      east = Math.max(east, x[vertex]!);
      south = Math.min(south, y[vertex]!);
      north = Math.max(north, y[vertex]!);
    }
    return [west, south, east, north];
  }

  function contains(ring: readonly number[], px: number, py: number): boolean {
    let odd = false;
    for (let i = 0; i < ring.length; i++) {
      const a = ring[i]!;
      const b = ring[(i + 1) % ring.length]!;
      if (y[a]! <= py === y[b]! <= py) continue;
      const turn = orient2d(x[a]!, y[a]!, x[b]!, y[b]!, px, py);
      if (y[a]! < y[b]! ? turn < 0 : turn > 0) odd = !odd;
    }
    return odd;
  }
}
