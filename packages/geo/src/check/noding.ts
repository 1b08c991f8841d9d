import Flatbush from 'flatbush';
import { orient2d } from 'robust-predicates';
import type { VertexTable } from './vertex-table.ts';

/**
 * An undirected stretch between two vertices, with those who use it: label `i` is written `i + 1` when it runs from
 * `u` to `v` and `-(i + 1)` the other way.
 */
export type Edge = { u: number; v: number; uses: readonly number[] };

/** Thrown when rounding keeps making new crossings; a coarser lattice helps. */
export class NodingError extends Error {}

const maxRounds = 16;

/**
 * Cuts edges where they cross or touch, until they meet in common vertices only; edges that then coincide
 * are merged with all their uses. Crossings are rounded to the lattice, which bends an edge by less than one
 * lattice step, so the result is tested again until it is quiet (iterated noding; from the second round on,
 * vertices within a step of an edge are pulled into it, so that it comes to an end).
 */
export function nodeEdges(vertices: VertexTable, input: Iterable<Edge>): Edge[] {
  const known = new Map<number, Edge>();
  for (const edge of input) merge(known, edge);
  let fresh: ReadonlySet<Edge> | null = null;
  for (let round = 0; round < maxRounds; round++) {
    const edges = [...known.values()];
    const cuts = findCuts(vertices, edges, fresh, round > 0);
    if (cuts.size === 0) return edges;
    for (const i of cuts.keys()) known.delete(keyOf(edges[i]!));
    // Whole edges are known not to cross each other: only the pieces need to be tested again.
    const pieces = new Set<Edge>();
    for (const [i, at] of cuts) {
      for (const piece of split(vertices, edges[i]!, at)) {
        const added = merge(known, piece);
        if (added) pieces.add(added);
      }
    }
    fresh = pieces;
  }
  throw new NodingError('crossings do not settle on this lattice');
}

/** The same for both directions; exact for up to 2^26 vertices. */
function keyOf({ u, v }: Edge): number {
  return Math.min(u, v) * 2 ** 26 + Math.max(u, v);
}

/** Adds an edge, or its uses to the edge that is there already. Returns it if it is new. */
function merge(known: Map<number, Edge>, { u, v, uses }: Edge): Edge | null {
  if (u === v) return null;
  const edge = { u, v, uses };
  const key = keyOf(edge);
  const same = known.get(key);
  if (!same) {
    known.set(key, edge);
    return edge;
  }
  same.uses = [...same.uses, ...(same.u === u ? uses : uses.map((use) => -use))];
  return null;
}

/** For each edge to be cut, the vertices to cut it at. */
function findCuts(
  vertices: VertexTable,
  edges: readonly Edge[],
  fresh: ReadonlySet<Edge> | null,
  pull: boolean,
): Map<number, number[]> {
  const cuts = new Map<number, number[]>();
  if (edges.length === 0) return cuts;
  const { x, y } = vertices;
  const pad = pull ? 1 : 0;
  const tree = new Flatbush(edges.length);
  for (const { u, v } of edges) {
    tree.add(
      Math.min(x[u]!, x[v]!) - pad,
      Math.min(y[u]!, y[v]!) - pad,
      Math.max(x[u]!, x[v]!) + pad,
      Math.max(y[u]!, y[v]!) + pad,
    );
  }
  tree.finish();
  const cut = (edge: number, vertex: number) => {
    const at = cuts.get(edge);
    if (at) at.push(vertex);
    else cuts.set(edge, [vertex]);
  };
  edges.forEach((edge, i) => {
    if (fresh && !fresh.has(edge)) return;
    const { u, v } = edge;
    tree.search(Math.min(x[u]!, x[v]!), Math.min(y[u]!, y[v]!), Math.max(x[u]!, x[v]!), Math.max(y[u]!, y[v]!), (j) => {
      // Each pair once: the lower number asks, unless it is not asking at all.
      if (j > i || (j < i && fresh && !fresh.has(edges[j]!))) meet(vertices, edges, i, j, pull, cut);
      return false;
    });
  });
  return cuts;
}

function meet(
  vertices: VertexTable,
  edges: readonly Edge[],
  i: number,
  j: number,
  pull: boolean,
  cut: (edge: number, vertex: number) => void,
): void {
  const { u: a, v: b } = edges[i]!;
  const { u: c, v: d } = edges[j]!;
  const { x, y } = vertices;
  const turn = (p: number, q: number, r: number) => orient2d(x[p]!, y[p]!, x[q]!, y[q]!, x[r]!, y[r]!);
  const turnC = c === a || c === b ? 0 : turn(a, b, c);
  const turnD = d === a || d === b ? 0 : turn(a, b, d);
  const turnA = a === c || a === d ? 0 : turn(c, d, a);
  const turnB = b === c || b === d ? 0 : turn(c, d, b);
  if (turnC * turnD < 0 && turnA * turnB < 0) {
    const at = crossing(vertices, a, b, c, d);
    if (at !== a && at !== b) cut(i, at);
    if (at !== c && at !== d) cut(j, at);
    return;
  }
  const touch = (edge: number, p: number, q: number, r: number, t: number) => {
    if (r === p || r === q || !between(vertices, p, q, r)) return;
    // |turn| is the distance from the edge times its length; 0.9 steps is less than neighbours are apart.
    const length = Math.hypot(x[q]! - x[p]!, y[q]! - y[p]!);
    if (t === 0 || (pull && Math.abs(t) < 0.9 * length)) cut(edge, r);
  };
  touch(i, a, b, c, turnC);
  touch(i, a, b, d, turnD);
  touch(j, c, d, a, turnA);
  touch(j, c, d, b, turnB);
}

/** Whether the foot of `r` on the line through `p` and `q` lies between them. */
function between({ x, y }: VertexTable, p: number, q: number, r: number): boolean {
  const dx = x[q]! - x[p]!;
  const dy = y[q]! - y[p]!;
  const along = (x[r]! - x[p]!) * dx + (y[r]! - y[p]!) * dy;
  return along > 0 && along < dx * dx + dy * dy;
}

function crossing(vertices: VertexTable, a: number, b: number, c: number, d: number): number {
  const { x, y } = vertices;
  const abx = x[b]! - x[a]!;
  const aby = y[b]! - y[a]!;
  const cdx = x[d]! - x[c]!;
  const cdy = y[d]! - y[c]!;
  const acx = x[c]! - x[a]!;
  const acy = y[c]! - y[a]!;
  const t = (acx * cdy - acy * cdx) / (abx * cdy - aby * cdx);
  // Nearly parallel lines make a poor quotient; the crossing is within both boxes all the same.
  const inBoth = (value: number, p: number, q: number, r: number, s: number) =>
    Math.min(Math.max(value, Math.min(p, q), Math.min(r, s)), Math.max(p, q), Math.max(r, s));
  return vertices.idOf(
    inBoth(Math.round(x[a]! + t * abx), x[a]!, x[b]!, x[c]!, x[d]!),
    inBoth(Math.round(y[a]! + t * aby), y[a]!, y[b]!, y[c]!, y[d]!),
  );
}

function split(vertices: VertexTable, edge: Edge, at: readonly number[]): Edge[] {
  const { x, y } = vertices;
  const { u, v, uses } = edge;
  const dx = x[v]! - x[u]!;
  const dy = y[v]! - y[u]!;
  const along = (vertex: number) => (x[vertex]! - x[u]!) * dx + (y[vertex]! - y[u]!) * dy;
  const stops = [u, ...[...new Set(at)].toSorted((p, q) => along(p) - along(q)), v];
  return stops.slice(1).map((stop, i) => ({ u: stops[i]!, v: stop, uses }));
}
