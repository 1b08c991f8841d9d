import type { AreaTopology } from './types.ts';

/**
 * Which areas share a piece of border (a common corner alone does not count).
 * Answers for every code, in sorted order; an area without neighbours has an empty list.
 */
export function neighbours(topology: AreaTopology): Map<string, string[]> {
  const areasOfArc = new Map<number, Set<string>>();
  for (const area of topology.areas) {
    for (const ref of area.polygons.flat(2)) {
      const arc = ref >= 0 ? ref : ~ref;
      const sharing = areasOfArc.get(arc) ?? new Set();
      areasOfArc.set(arc, sharing.add(area.code));
    }
  }
  const found = new Map(topology.areas.map((area) => [area.code, new Set<string>()]));
  for (const sharing of areasOfArc.values()) {
    for (const a of sharing) for (const b of sharing) if (a !== b) found.get(a)!.add(b);
  }
  return new Map([...found].map(([code, others]) => [code, [...others].toSorted()]));
}
