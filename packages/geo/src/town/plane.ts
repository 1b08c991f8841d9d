import { metresPerDegree } from '../metres.ts';
import { fromQuanta, toQuanta } from '../quantise.ts';
import type { LonLat } from '../types.ts';

/** Position in the town's own plane: metres east and north of its middle. */
export type Xy = readonly [x: number, y: number];

/** A fictitious place: no settlement is meant. */
export const townMiddle: LonLat = [119, 31.5];

const scale = metresPerDegree(townMiddle[1]);

/** Plane → WGS 84, rounded to a storable position. */
export function toLonLat([x, y]: Xy): LonLat {
  return [fromQuanta(toQuanta(townMiddle[0] + x / scale.lon)), fromQuanta(toQuanta(townMiddle[1] + y / scale.lat))];
}

export function gap(a: Xy, b: Xy): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

/** The point at fraction `t` of the way from `a` to `b`. */
export function mix(a: Xy, b: Xy, t: number): Xy {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
}

/** `point`, turned by `angle` (radians, counter-clockwise) around the origin, then moved by `to`. */
export function place(point: Xy, angle: number, to: Xy): Xy {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return [to[0] + point[0] * cos - point[1] * sin, to[1] + point[0] * sin + point[1] * cos];
}

/** Whether a point lies in a closed ring of the plane (even-odd; the border may go either way). */
export function inRing(ring: readonly Xy[], [x, y]: Xy): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const a = ring[i - 1]!;
    const b = ring[i]!;
    if (a[1] > y !== b[1] > y && x < a[0] + ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1])) {
      inside = !inside;
    }
  }
  return inside;
}
