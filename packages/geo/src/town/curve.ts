import type { Rng } from '../rng.ts';
import { gap, mix, type Xy } from './plane.ts';

/** A line with its corners cut `rounds` times (Chaikin 1974); both ends stay. */
export function smooth(line: readonly Xy[], rounds: number): Xy[] {
  let current = [...line];
  for (let round = 0; round < rounds; round++) {
    const next: Xy[] = [current[0]!];
    for (let i = 1; i < current.length; i++) {
      const a = current[i - 1]!;
      const b = current[i]!;
      if (i > 1) next.push(mix(a, b, 0.25));
      if (i < current.length - 1) next.push(mix(a, b, 0.75));
    }
    next.push(current.at(-1)!);
    current = next;
  }
  return current;
}

/** A winding way from `a` to `b`: midpoints are pushed aside by up to `bend` of the length, then smoothed. */
export function windingWay(random: Rng, a: Xy, b: Xy, bend: number): Xy[] {
  let line: Xy[] = [a, b];
  let reach = bend;
  while (gap(line[0]!, line[1]!) > 180) {
    const next: Xy[] = [line[0]!];
    for (let i = 1; i < line.length; i++) {
      const from = line[i - 1]!;
      const to = line[i]!;
      const push = (random() * 2 - 1) * reach;
      const middle = mix(from, to, 0.5);
      next.push([middle[0] - (to[1] - from[1]) * push, middle[1] + (to[0] - from[0]) * push], to);
    }
    line = next;
    reach *= 0.8;
  }
  return smooth(line, 2);
}

/** Points every `step` metres along a line, with the direction (unit vector) there. */
export function along(line: readonly Xy[], step: number): { at: Xy; direction: Xy }[] {
  const points: { at: Xy; direction: Xy }[] = [];
  let ahead = step / 2;
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1]!;
    const b = line[i]!;
    const length = gap(a, b);
    if (length === 0) continue;
    const direction: Xy = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
    while (ahead <= length) {
      points.push({ at: mix(a, b, ahead / length), direction });
      ahead += step;
    }
    ahead -= length;
  }
  return points;
}

/** The band of a given half width around a line, as a closed counter-clockwise ring. */
export function band(line: readonly Xy[], halfWidth: (index: number) => number): Xy[] {
  const left: Xy[] = [];
  const right: Xy[] = [];
  line.forEach((point, i) => {
    const before = line[Math.max(0, i - 1)]!;
    const after = line[Math.min(line.length - 1, i + 1)]!;
    const length = gap(before, after) || 1;
    const nx = -(after[1] - before[1]) / length;
    const ny = (after[0] - before[0]) / length;
    const width = halfWidth(i);
    left.push([point[0] + nx * width, point[1] + ny * width]);
    right.push([point[0] - nx * width, point[1] - ny * width]);
  });
  return [...right, ...left.toReversed(), right[0]!];
}

/** A closed, counter-clockwise, irregular round shape (sum of a few random harmonics). */
export function blob(random: Rng, middle: Xy, radius: number, roughness: number): Xy[] {
  const waves = [2, 3, 4, 5, 7].map((count) => ({
    count,
    height: (roughness * (random() * 2 - 1) * 1.6) / Math.sqrt(count),
    phase: random() * 2 * Math.PI,
  }));
  const corners = Math.max(16, Math.min(96, Math.round(radius / 8)));
  const ring: Xy[] = [];
  for (let i = 0; i < corners; i++) {
    const angle = (i / corners) * 2 * Math.PI;
    const swell = waves.reduce((sum, w) => sum + w.height * Math.cos(w.count * angle + w.phase), 1);
    const r = radius * Math.max(0.25, swell);
    ring.push([middle[0] + r * Math.cos(angle), middle[1] + r * Math.sin(angle)]);
  }
  return [...ring, ring[0]!];
}

/** Nearest point of a line: its distance in metres, and on which side of the line the point asked for lies. */
export function nearestOn(line: readonly Xy[], point: Xy): { metres: number; at: Xy; left: boolean } {
  let metres = Infinity;
  let at: Xy = line[0]!;
  let left = false;
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1]!;
    const b = line[i]!;
    const dx = b[0] - a[0];
    const dy = b[1] - a[1];
    const px = point[0] - a[0];
    const py = point[1] - a[1];
    const t = Math.min(1, Math.max(0, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
    const distance = Math.hypot(px - t * dx, py - t * dy);
    if (distance < metres) {
      metres = distance;
      at = mix(a, b, t);
      left = dx * py - dy * px > 0;
    }
  }
  return { metres, at, left };
}
