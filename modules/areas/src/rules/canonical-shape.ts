import { type Polygons, quantisePolygons, type Ring, toQuanta } from '@wangge/geo';

type Quanta = readonly [x: number, y: number];

/**
 * A text that is equal for equal land: rings begin at their smallest position, turn one way, are sorted
 * and have no positions along a straight stretch, so that it does not matter how a file or a topology
 * happened to write them, or where a neighbour's border ends.
 */
export function canonicalShape(polygons: Polygons): string {
  return quantisePolygons(polygons)
    .map((polygon) => {
      const [shell, ...holes] = polygon.map(canonicalRing);
      return [shell ?? '', ...holes.toSorted()].join('|');
    })
    .toSorted()
    .join('||');
}

function canonicalRing(ring: Ring): string {
  const positions = withoutStraights(ring.slice(0, -1).map(([lon, lat]) => [toQuanta(lon), toQuanta(lat)]));
  const count = positions.length;
  const at = (i: number): Quanta => positions[((i % count) + count) % count] ?? [0, 0];
  let first = 0;
  for (let i = 1; i < count; i++) if (order(at(i), at(first)) < 0) first = i;
  const step = order(at(first + 1), at(first - 1)) <= 0 ? 1 : -1;
  const texts: string[] = [];
  for (let i = 0; i < count; i++) texts.push(at(first + step * i).join(' '));
  return texts.join(',');
}

function withoutStraights(ring: readonly Quanta[]): Quanta[] {
  const kept: Quanta[] = [];
  ring.forEach((position, i) => {
    const before = kept.at(-1) ?? ring.at(-1);
    const after = ring[(i + 1) % ring.length];
    if (before && after && isStraight(before, position, after)) return;
    kept.push(position);
  });
  return kept;
}

/** Exact: the products stay below 2^53 while edges are shorter than nine degrees. */
function isStraight(a: Quanta, b: Quanta, c: Quanta): boolean {
  const [ux, uy, vx, vy] = [b[0] - a[0], b[1] - a[1], c[0] - b[0], c[1] - b[1]];
  return ux * vy === uy * vx && ux * vx + uy * vy > 0;
}

function order(a: Quanta, b: Quanta): number {
  return a[0] - b[0] || a[1] - b[1];
}
