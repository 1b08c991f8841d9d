import type { Borders } from './borders.ts';

/**
 * All pairs of areas with the very same border, by number, the smaller one first.
 *
 * @param among numbers of the areas to compare
 */
export function duplicatePairs(borders: Borders, among: Iterable<number>): [number, number][] {
  const groups = new Map<string, number[]>();
  const pairs: [number, number][] = [];
  for (const area of among) {
    const edges: string[] = [];
    for (let i = borders.start[area]!; i < borders.start[area + 1]!; i++) {
      edges.push(`${borders.from[i]} ${borders.to[i]}`);
    }
    if (edges.length === 0) continue;
    const key = edges.toSorted().join();
    const same = groups.get(key) ?? [];
    for (const other of same) pairs.push([Math.min(other, area), Math.max(other, area)]);
    groups.set(key, [...same, area]);
  }
  return pairs;
}
