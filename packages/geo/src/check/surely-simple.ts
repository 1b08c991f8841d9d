import { orient2d } from 'robust-predicates';
import type { LatticeRing } from './lattice.ts';
import type { VertexTable } from './vertex-table.ts';

/** Above this, comparing all pairs of edges loses against the sweep. */
const most = 96;
const px = new Float64Array(most + 1);
const py = new Float64Array(most + 1);

/**
 * A quick "yes" for the borders that almost all areas have: a short ring that does not meet itself. "No" only
 * means that it takes a closer look.
 */
export function surelySimple({ x, y }: VertexTable, ring: LatticeRing): boolean {
  const n = ring.length;
  if (n > most) return false;
  for (let i = 0; i <= n; i++) {
    const vertex = ring[i === n ? 0 : i]!;
    px[i] = x[vertex]!;
    py[i] = y[vertex]!;
  }
  for (let i = 0; i < n; i++) {
    const ax = px[i]!;
    const ay = py[i]!;
    const bx = px[i + 1]!;
    const by = py[i + 1]!;
    const west = ax < bx ? ax : bx;
    const east = ax < bx ? bx : ax;
    const south = ay < by ? ay : by;
    const north = ay < by ? by : ay;
    for (let j = i + 1; j < n; j++) {
      const cx = px[j]!;
      const dx = px[j + 1]!;
      if (cx < west ? dx < west : cx > east && dx > east) continue;
      const cy = py[j]!;
      const dy = py[j + 1]!;
      if (cy < south ? dy < south : cy > north && dy > north) continue;
      if (j === i + 1 || j - i === n - 1) {
        // Neighbours are fine unless one runs back along the other.
        const turn = j === i + 1 ? orient2d(ax, ay, bx, by, dx, dy) : orient2d(cx, cy, dx, dy, bx, by);
        if (turn === 0) return false;
        continue;
      }
      if (orient2d(ax, ay, bx, by, cx, cy) * orient2d(ax, ay, bx, by, dx, dy) > 0) continue;
      if (orient2d(cx, cy, dx, dy, ax, ay) * orient2d(cx, cy, dx, dy, bx, by) > 0) continue;
      return false;
    }
  }
  return true;
}
