import { orient2d } from 'robust-predicates';
import { type Corner, type CornerRing, edgesOf } from './mosaic.ts';

const same = (a: Corner, b: Corner): boolean => a[0] === b[0] && a[1] === b[1];
const turn = (a: Corner, b: Corner, c: Corner): number => Math.sign(orient2d(a[0], a[1], b[0], b[1], c[0], c[1]));

/** Whether `p`, known to be in line with the segment, lies on it. */
function within(a: Corner, b: Corner, p: Corner): boolean {
  return (
    Math.min(a[0], b[0]) <= p[0] &&
    p[0] <= Math.max(a[0], b[0]) &&
    Math.min(a[1], b[1]) <= p[1] &&
    p[1] <= Math.max(a[1], b[1])
  );
}

/**
 * Whether two edges meet otherwise than borders may: those of a sound tiling are the same edge, share a corner, or
 * are apart. Exact (adaptive predicates on integers).
 */
export function clash(a: Corner, b: Corner, c: Corner, d: Corner): boolean {
  if (
    Math.max(a[0], b[0]) < Math.min(c[0], d[0]) ||
    Math.max(c[0], d[0]) < Math.min(a[0], b[0]) ||
    Math.max(a[1], b[1]) < Math.min(c[1], d[1]) ||
    Math.max(c[1], d[1]) < Math.min(a[1], b[1])
  )
    return false;
  const [ac, ad, bc, bd] = [same(a, c), same(a, d), same(b, c), same(b, d)];
  if ((ac && bd) || (ad && bc)) return false;
  if (ac || ad || bc || bd) {
    const [hinge, one, other] = ac ? [a, b, d] : ad ? [a, b, c] : bc ? [b, a, d] : [b, a, c];
    return turn(hinge, one, other) === 0 && (within(hinge, one, other) || within(hinge, other, one));
  }
  const [t1, t2, t3, t4] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (t1 !== t2 && t3 !== t4 && t1 * t2 <= 0 && t3 * t4 <= 0) return true;
  return (
    (t1 === 0 && within(a, b, c)) ||
    (t2 === 0 && within(a, b, d)) ||
    (t3 === 0 && within(c, d, a)) ||
    (t4 === 0 && within(c, d, b))
  );
}

/** Whether a position is inside of a ring; one on the ring may be either. */
export function insideRing(ring: CornerRing, [px, py]: Corner): boolean {
  let odd = false;
  for (const [a, b] of edgesOf(ring)) {
    if (a[1] > py === b[1] > py) continue;
    const upwards = a[1] < b[1];
    // orient2d > 0 where the position is to the right of a → b.
    if (orient2d(a[0], a[1], b[0], b[1], px, py) < 0 === upwards) odd = !odd;
  }
  return odd;
}
