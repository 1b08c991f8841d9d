import type { Borders } from './borders.ts';

/**
 * Pairs of areas with the very same border, by number. Areas of a group of three or more are each paired with
 * the first of them.
 *
 * @param among numbers of the areas to compare
 */
export function duplicatePairs(borders: Borders, among: Iterable<number>): [number, number][] {
  const groups = new Map<string, number>();
  const pairs: [number, number][] = [];
  for (const area of among) {
    const edges: string[] = [];
    for (let i = borders.start[area]!; i < borders.start[area + 1]!; i++) {
      edges.push(`${borders.from[i]} ${borders.to[i]}`);
    }
    if (edges.length === 0) continue;
    const key = edges.toSorted().join();
    const first = groups.get(key);
    if (first === undefined) groups.set(key, area);
    else pairs.push([first, area]);
  }
  return pairs;
}
