import { orient2d } from 'robust-predicates';

/** The point lies inside, or on the border with the inside to its east (or north of a level border). */
export const insideEast = 1;
/** The point lies inside, or on the border with the inside to its west (or south of a level border). */
export const insideWest = 2;
/** The point lies on the border. */
export const onBorder = 4;

/**
 * Where a point lies in relation to one polygon, as a sum of the flags above; 0 = outside.
 *
 * The point is tested as if moved by (+ε, +ε²) for `insideEast` and by (−ε, −ε²) for `insideWest`
 * (simulation of simplicity, Edelsbrunner & Mücke 1990): a moved point is never on a border, so of
 * the areas that meet at a border exactly one contains it, whatever their order. The sign of each turn is
 * exact (Shewchuk's adaptive predicates).
 *
 * @param xy positions of all rings, flat
 * @param ringStart first number of each ring in `xy`, with the end behind the last
 * @param from first ring of the polygon
 * @param to ring behind its last; interior rings count because parity is summed over all rings
 */
export function sideOfPart(
  xy: Float64Array,
  ringStart: Uint32Array,
  from: number,
  to: number,
  px: number,
  py: number,
): number {
  let east = false;
  let west = false;
  for (let ring = from; ring < to; ring++) {
    const end = ringStart[ring + 1]! - 2;
    let at = ringStart[ring]!;
    let bx = xy[at]!;
    let by = xy[at + 1]!;
    while (at < end) {
      const ax = bx;
      const ay = by;
      at += 2;
      bx = xy[at]!;
      by = xy[at + 1]!;
      if (ay > py ? by > py : ay < py && by < py) continue;
      if (ay === by) {
        if (px >= ax ? px <= bx : px >= bx) return borderOf(xy, ringStart, from, to, px, py);
        continue;
      }
      if (ax < px && bx < px) continue;
      const upwards = ay < by;
      if (ax <= px || bx <= px) {
        // orient2d > 0 where the point is to the right of a → b.
        const turn = orient2d(ax, ay, bx, by, px, py);
        if (turn === 0) return borderOf(xy, ringStart, from, to, px, py);
        if (turn > 0 === upwards) continue;
      }
      // The edge lies to the east of the point: it counts if it passes the moved point's height.
      if (upwards ? ay <= py && py < by : by <= py && py < ay) east = !east;
      if (upwards ? ay < py && py <= by : by < py && py <= ay) west = !west;
    }
  }
  return (east ? insideEast : 0) | (west ? insideWest : 0);
}

/** The same question for a point known to be on the border: rare, so written plainly. */
function borderOf(xy: Float64Array, ringStart: Uint32Array, from: number, to: number, px: number, py: number): number {
  let east = false;
  let west = false;
  for (let ring = from; ring < to; ring++) {
    for (let at = ringStart[ring]!; at < ringStart[ring + 1]! - 2; at += 2) {
      const ax = xy[at]!;
      const ay = xy[at + 1]!;
      const bx = xy[at + 2]!;
      const by = xy[at + 3]!;
      const low = Math.min(ay, by);
      const high = Math.max(ay, by);
      if (low === high || py < low || py > high) continue;
      const turn = orient2d(ax, ay, bx, by, px, py);
      const rightOfEdge = turn > 0 === ay < by;
      // On the edge itself the point moved east is right of it, the point moved west left of it.
      if (py < high && turn !== 0 && !rightOfEdge) east = !east;
      if (py > low && (turn === 0 || !rightOfEdge)) west = !west;
    }
  }
  return (east ? insideEast : 0) | (west ? insideWest : 0) | onBorder;
}
