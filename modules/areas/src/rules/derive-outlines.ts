import { fromPolygons, outlineOf, type Polygons, snapAreas } from '@wangge/geo';
import type { AreaEntry, TownShapes } from './entry.ts';
import { depthOf } from './tree.ts';

/** Gives every area that nobody drew the common outline of those below, from the bottom up. */
export function deriveOutlines(town: TownShapes): TownShapes {
  const polygons = new Map(town.polygons);
  const derived = town.entries.filter((entry) => entry.derived).toSorted((a, b) => depthOf(b.level) - depthOf(a.level));
  for (const parent of derived) {
    polygons.set(
      parent.id,
      unionOf(
        town.entries.filter((entry) => entry.parentId === parent.id),
        polygons,
      ),
    );
  }
  return { entries: town.entries, polygons };
}

function unionOf(children: readonly AreaEntry[], polygons: TownShapes['polygons']): Polygons {
  const areas = children.map((child) => ({ code: child.id, polygons: polygons.get(child.id) ?? [] }));
  const [first] = areas;
  if (areas.length === 1 && first) return first.polygons;
  // A corner on the middle of a neighbour's edge hides that the border is common: tidied here, kept as drawn there.
  const tidy = snapAreas(areas, 0).areas;
  const outline = outlineOf(
    fromPolygons(tidy),
    tidy.map((area) => area.code),
  );
  // Shapes that overlap have no common arcs to follow; then the union is drawn as what it is made of.
  return outline.every((polygon) => polygon.every(isClosed)) ? outline : areas.flatMap((area) => area.polygons);
}

function isClosed(ring: Polygons[number][number]): boolean {
  const [first, last] = [ring[0], ring.at(-1)];
  return ring.length >= 4 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
}
