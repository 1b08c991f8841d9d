import { orient2d } from 'robust-predicates';
import type { LatticeRing } from './lattice.ts';
import type { SelfIntersectionKind } from './types.ts';
import type { VertexTable } from './vertex-table.ts';

export type SelfMeeting = { kind: SelfIntersectionKind; x: number; y: number };

/** More of one area say nothing new, and a scribble would have thousands. */
const enough = 20;

/**
 * Where the border of one area meets itself other than at the corner between two neighbouring edges. Different
 * rings of an area may touch in single points (OGC Simple Features, 6.1.11.1), but neither cross nor run along each
 * other. At most 20 places; crossings within the lattice are rounded to it.
 */
export function selfMeetings(vertices: VertexTable, rings: readonly LatticeRing[]): SelfMeeting[] {
  const { x, y } = vertices;
  const from: number[] = [];
  const to: number[] = [];
  const ringOf: number[] = [];
  rings.forEach((ring, r) => {
    for (let i = 0; i < ring.length; i++) {
      from.push(ring[i]!);
      to.push(ring[i + 1 === ring.length ? 0 : i + 1]!);
      ringOf.push(r);
    }
  });
  const west = from.map((u, i) => Math.min(x[u]!, x[to[i]!]!));
  const east = from.map((u, i) => Math.max(x[u]!, x[to[i]!]!));
  const order = Uint32Array.from(from.keys()).sort((i, j) => west[i]! - west[j]!);

  const found = new Map<string, SelfMeeting>();
  const tell = (kind: SelfIntersectionKind, px: number, py: number) => found.set(`${px} ${py}`, { kind, x: px, y: py });
  const turn = (a: number, b: number, c: number) =>
    c === a || c === b ? 0 : orient2d(x[a]!, y[a]!, x[b]!, y[b]!, x[c]!, y[c]!);

  // Sweep from west to east: an edge is compared with those that begin before it ends.
  for (let k = 0; k < order.length && found.size < enough; k++) {
    const i = order[k]!;
    const [a, b] = [from[i]!, to[i]!];
    const low = Math.min(y[a]!, y[b]!);
    const high = Math.max(y[a]!, y[b]!);
    for (let l = k + 1; l < order.length; l++) {
      const j = order[l]!;
      if (west[j]! > east[i]!) break;
      const [c, d] = [from[j]!, to[j]!];
      if (y[c]! < low ? y[d]! < low : y[c]! > high && y[d]! > high) continue;
      compare(i, j, a, b, c, d);
    }
  }
  return [...found.values()];

  function compare(i: number, j: number, a: number, b: number, c: number, d: number): void {
    const turnC = turn(a, b, c);
    const turnD = turn(a, b, d);
    if (turnC === 0 && turnD === 0) {
      const shared = overlay(a, b, c, d);
      if (shared !== null) tell('overlay', x[shared]!, y[shared]!);
      else if (ringOf[i] === ringOf[j]) sharedCorner(i, j, a, b, c, d);
      return;
    }
    const turnA = turn(c, d, a);
    const turnB = turn(c, d, b);
    if (turnC * turnD < 0 && turnA * turnB < 0) {
      const t = Math.abs(turnC) / (Math.abs(turnC) + Math.abs(turnD));
      tell('crossing', Math.round(x[c]! + t * (x[d]! - x[c]!)), Math.round(y[c]! + t * (y[d]! - y[c]!)));
      return;
    }
    if (ringOf[i] !== ringOf[j]) return;
    if (a === c || a === d || b === c || b === d) {
      sharedCorner(i, j, a, b, c, d);
      return;
    }
    // One edge ends on the other.
    if (turnC === 0 && within(a, b, c)) tell('touch', x[c]!, y[c]!);
    else if (turnD === 0 && within(a, b, d)) tell('touch', x[d]!, y[d]!);
    else if (turnA === 0 && within(c, d, a)) tell('touch', x[a]!, y[a]!);
    else if (turnB === 0 && within(c, d, b)) tell('touch', x[b]!, y[b]!);
  }

  /** Two edges of one ring with a common vertex: fine only if one follows the other. */
  function sharedCorner(i: number, j: number, a: number, b: number, c: number, d: number): void {
    const length = rings[ringOf[i]!]!.length;
    const apart = Math.abs(i - j);
    if (apart === 1 || apart === length - 1) return;
    const shared = a === c || a === d ? a : b === c || b === d ? b : -1;
    if (shared >= 0) tell('touch', x[shared]!, y[shared]!);
  }

  function within(a: number, b: number, p: number): boolean {
    return (
      x[p]! >= Math.min(x[a]!, x[b]!) &&
      x[p]! <= Math.max(x[a]!, x[b]!) &&
      y[p]! >= Math.min(y[a]!, y[b]!) &&
      y[p]! <= Math.max(y[a]!, y[b]!)
    );
  }

  /** For edges on one line: a vertex where they lie on each other, or null. */
  function overlay(a: number, b: number, c: number, d: number): number | null {
    const dx = x[b]! - x[a]!;
    const dy = y[b]! - y[a]!;
    const along = (p: number) => (x[p]! - x[a]!) * dx + (y[p]! - y[a]!) * dy;
    const [end, first, second] = [along(b), along(c), along(d)];
    const start = Math.max(0, Math.min(first, second));
    if (start >= Math.min(end, Math.max(first, second))) return null;
    return start === 0 ? a : first < second ? c : d;
  }
}
