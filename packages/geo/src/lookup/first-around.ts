import { orient2d } from 'robust-predicates';
import type { FlatParts } from './flat-parts.ts';

/**
 * Decides between areas that only touch a place on the outer border, where nothing lies to the east of it:
 * turning counter-clockwise from east, the area that is met first. That depends on the land alone, so a village
 * and its grids agree. Areas met at the same time (they overlap) go to the smaller number.
 *
 * @param touching polygons that have the place on their border; at least one
 * @returns the number of an area
 */
export function firstAround(parts: FlatParts, touching: readonly number[], px: number, py: number): number {
  let area = -1;
  let first: readonly [x: number, y: number] | null = null;
  for (const part of touching) {
    const direction = firstDirection(parts, part, px, py);
    if (!direction) continue;
    const turn = first ? compare(direction, first, px, py) : -1;
    const candidate = parts.partArea[part]!;
    if (turn < 0 || (turn === 0 && candidate < area)) {
      area = candidate;
      first = direction;
    }
  }
  return area;
}

/** The far end of the border that is met first; behind it lies the inside, because the start is outside. */
function firstDirection(parts: FlatParts, part: number, px: number, py: number) {
  const { xy, ringStart, partStart } = parts;
  let first: readonly [x: number, y: number] | null = null;
  for (let ring = partStart[part]!; ring < partStart[part + 1]!; ring++) {
    for (let at = ringStart[ring]!; at < ringStart[ring + 1]! - 2; at += 2) {
      const a = [xy[at]!, xy[at + 1]!] as const;
      const b = [xy[at + 2]!, xy[at + 3]!] as const;
      if (!onSegment(a, b, px, py)) continue;
      for (const end of [a, b]) {
        if (end[0] === px && end[1] === py) continue;
        if (!first || compare(end, first, px, py) < 0) first = end;
      }
    }
  }
  return first;
}

function onSegment(a: readonly [number, number], b: readonly [number, number], px: number, py: number): boolean {
  if (px < Math.min(a[0], b[0]) || px > Math.max(a[0], b[0])) return false;
  if (py < Math.min(a[1], b[1]) || py > Math.max(a[1], b[1])) return false;
  return orient2d(a[0], a[1], b[0], b[1], px, py) === 0;
}

/** Negative when `a` is met before `b`, turning counter-clockwise; due east comes last, at the full turn. */
function compare(a: readonly [number, number], b: readonly [number, number], px: number, py: number): number {
  const byQuarter = quarter(a, px, py) - quarter(b, px, py);
  // orient2d > 0 where b is to the right of the way to a: then b is met earlier.
  return byQuarter !== 0 ? byQuarter : orient2d(px, py, a[0], a[1], b[0], b[1]);
}

/** 0 north-east, 1 north-west with due north, 2 south-west with due west, 3 south-east with due south, 4 due east. */
function quarter([x, y]: readonly [number, number], px: number, py: number): number {
  if (y > py) return x > px ? 0 : 1;
  if (x < px) return 2;
  return y < py ? 3 : 4;
}
