import type { LonLat, Polygons } from './types.ts';

/**
 * Stored coordinates are whole multiples of 1e-7 degree (about 1 cm), so that two areas that share
 * a border hold equal numbers and "on the border" is a question with an exact answer.
 */
export const quantaPerDegree = 1e7;

/** Degrees → whole quanta. */
export function toQuanta(degrees: number): number {
  return Math.round(degrees * quantaPerDegree);
}

/** Whole quanta → degrees: the double nearest to the decimal number, the same on every machine. */
export function fromQuanta(quanta: number): number {
  return quanta / quantaPerDegree;
}

/** Nearest storable position. */
export function quantisePosition(position: LonLat): LonLat {
  return [fromQuanta(toQuanta(position[0])), fromQuanta(toQuanta(position[1]))];
}

/** Polygons on storable positions: repeated positions fall together, rings that vanish are left out. */
export function quantisePolygons(polygons: Polygons): Polygons {
  const kept: LonLat[][][] = [];
  for (const polygon of polygons) {
    const rings: LonLat[][] = [];
    for (const [index, ring] of polygon.entries()) {
      const quantised = withoutRepeats(ring.map(quantisePosition));
      if (quantised.length >= 4) rings.push(quantised);
      // An interior ring has no meaning without its outer ring.
      else if (index === 0) break;
    }
    if (rings.length > 0) kept.push(rings);
  }
  return kept;
}

function withoutRepeats(ring: readonly LonLat[]): LonLat[] {
  return ring.filter((position, i) => {
    const before = ring[i - 1];
    return !before || before[0] !== position[0] || before[1] !== position[1];
  });
}
