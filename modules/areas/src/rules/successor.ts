import type { AreaIndex, AreaNode } from './area-index.ts';

/**
 * Which area takes the place of one that is not in force any more: the one of its level around its label point, else the
 * one above that lies there. An area that is still there is its own successor; null where nothing lies there.
 */
export function successorOf(index: AreaIndex, area: AreaNode): AreaNode | null {
  const same = index.get(area.id);
  if (same) return same;
  const found = area.center && index.locate(area.center.lon, area.center.lat);
  if (!found) return null;
  const { microGrid, grid, village } = found;
  if (area.level === 'micro-grid') return microGrid ?? grid ?? village;
  if (area.level === 'grid') return grid ?? village;
  return area.level === 'village' ? village : index.root();
}
