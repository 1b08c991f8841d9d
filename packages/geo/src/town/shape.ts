import { rng } from '../rng.ts';
import type { Xy } from './plane.ts';

export type TownShape = { contains(point: Xy): boolean };

/** Roughly where the town lies: an ellipse of about 57 km² with an uneven edge. */
export function makeShape(seed: number): TownShape {
  const random = rng(seed);
  const waves = [2, 3, 4, 5, 6, 9, 13].map((count) => ({
    count,
    height: ((random() * 2 - 1) * 0.22) / Math.sqrt(count),
    phase: random() * 2 * Math.PI,
  }));
  return {
    contains([x, y]) {
      const angle = Math.atan2(y / 3700, x / 4900);
      const swell = waves.reduce((r, w) => r + w.height * Math.cos(w.count * angle + w.phase), 1);
      return Math.hypot(x / 4900, y / 3700) < swell;
    },
  };
}
