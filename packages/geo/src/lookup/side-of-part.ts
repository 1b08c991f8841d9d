import { orient2d } from 'robust-predicates';

/** The place lies inside, or on the border with the inside to its east (or north of a level border). */
export const inside = 1;
/** The place lies on the border. */
export const onBorder = 2;

/**
 * Where a place lies in relation to one polygon, as a sum of the flags above; 0 = outside.
 *
 * `inside` is tested for the place moved by (+ε, +ε²) (simulation of simplicity, Edelsbrunner & Mücke
 * 1990): a moved place is never on a border, so of the areas that meet at a border exactly one contains
 * it, whatever their order. The sign of each turn is exact (Shewchuk's adaptive predicates).
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
  let odd = 0;
  let border = 0;
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
      if (ax < px && bx < px) continue;
      if (ay === by) {
        if (ax <= px || bx <= px) border = onBorder;
        continue;
      }
      // The moved place passes between the ends' heights: the lower end counts, the upper one does not.
      const upwards = ay < by;
      const crosses = upwards ? py < by : py < ay;
      if (ax <= px || bx <= px) {
        // orient2d > 0 where the place is to the right of a → b.
        const turn = orient2d(ax, ay, bx, by, px, py);
        if (turn === 0) border = onBorder;
        // On the edge itself the moved place is to the east of it.
        if (turn === 0 || turn > 0 === upwards) continue;
      }
      if (crosses) odd ^= 1;
    }
  }
  return odd | border;
}
