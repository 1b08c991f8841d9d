import { orient2d } from 'robust-predicates';
import type { VertexTable } from '../check/vertex-table.ts';

/** Cutting takes cubic time at worst; a sliver with more corners is not one that is worth it. */
const mostCorners = 500;

/**
 * Diagonals that cut a simple counter-clockwise ring into triangles (ear clipping, shortest diagonal first, which cuts
 * a thin shape across). A ring that passes a vertex twice or has too many corners is left whole.
 */
export function triangulate(
  { x, y }: VertexTable,
  ring: readonly number[],
  length: (a: number, b: number) => number,
): [number, number][] {
  const diagonals: [number, number][] = [];
  if (ring.length > mostCorners || new Set(ring).size < ring.length) return diagonals;
  const left = [...ring];
  // orient2d < 0 where c is to the left of a → b.
  const turn = (a: number, b: number, c: number) => orient2d(x[a]!, y[a]!, x[b]!, y[b]!, x[c]!, y[c]!);
  const isEar = (a: number, b: number, c: number) =>
    turn(a, b, c) < 0 &&
    !left.some((p) => p !== a && p !== b && p !== c && turn(a, b, p) <= 0 && turn(b, c, p) <= 0 && turn(c, a, p) <= 0);
  while (left.length > 3) {
    const ears = left
      .map((b, i) => {
        const a = left[(i + left.length - 1) % left.length]!;
        const c = left[(i + 1) % left.length]!;
        return { a, b, c, metres: length(a, c) };
      })
      .toSorted((p, q) => p.metres - q.metres);
    const ear = ears.find(({ a, b, c }) => isEar(a, b, c));
    if (!ear) return diagonals;
    diagonals.push([ear.a, ear.c]);
    left.splice(left.indexOf(ear.b), 1);
  }
  return diagonals;
}
