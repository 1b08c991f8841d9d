import type { Xy } from './plane.ts';

export type Nearby = {
  metres: number;
  /** Whether the place lies to the left of the line, in the line's own direction. */
  left: boolean;
};

const square = 160;

/** Finds the nearest of many lines within a short reach, by a lattice of squares over their segments. */
export class NearLines {
  readonly #squares = new Map<number, { a: Xy; b: Xy }[]>();

  constructor(lines: readonly (readonly Xy[])[]) {
    for (const line of lines) {
      for (let i = 1; i < line.length; i++) this.#enter(line[i - 1]!, line[i]!);
    }
  }

  /** The nearest stretch within `reach` metres, or null. Ends of lines are round. */
  nearest(point: Xy, reach: number): Nearby | null {
    let metres = reach;
    let found: Nearby | null = null;
    const [px, py] = point;
    for (let column = cellOf(px - reach); column <= cellOf(px + reach); column++) {
      for (let row = cellOf(py - reach); row <= cellOf(py + reach); row++) {
        for (const { a, b } of this.#squares.get(keyOf(column, row)) ?? []) {
          const dx = b[0] - a[0];
          const dy = b[1] - a[1];
          const x = px - a[0];
          const y = py - a[1];
          const t = Math.min(1, Math.max(0, (x * dx + y * dy) / (dx * dx + dy * dy || 1)));
          const distance = Math.hypot(x - t * dx, y - t * dy);
          if (distance < metres) {
            metres = distance;
            found = { metres, left: dx * y - dy * x > 0 };
          }
        }
      }
    }
    return found;
  }

  #enter(a: Xy, b: Xy): void {
    for (let column = cellOf(Math.min(a[0], b[0])); column <= cellOf(Math.max(a[0], b[0])); column++) {
      for (let row = cellOf(Math.min(a[1], b[1])); row <= cellOf(Math.max(a[1], b[1])); row++) {
        const key = keyOf(column, row);
        const segments = this.#squares.get(key);
        if (segments) segments.push({ a, b });
        else this.#squares.set(key, [{ a, b }]);
      }
    }
  }
}

function cellOf(metres: number): number {
  return Math.floor(metres / square);
}

function keyOf(column: number, row: number): number {
  return (column + 1000) * 4096 + row + 1000;
}
