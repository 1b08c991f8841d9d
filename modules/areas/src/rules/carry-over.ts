import { type AreaLevel, areaLevels } from '../contract.ts';
import type { AreaEntry, TownShapes } from './entry.ts';
import { parentFinder } from './find-parent.ts';
import { levelAbove, levelsOf } from './tree.ts';

/**
 * Hangs the areas of lower levels under upper ones that may have changed: each stays under its parent
 * while that is on the next level up, else it goes by its place. Those that lie nowhere are dropped.
 */
export function carryOver(
  upper: readonly AreaEntry[],
  lower: readonly AreaEntry[],
  polygons: TownShapes['polygons'],
): { carried: AreaEntry[]; dropped: AreaEntry[] } {
  const carried: AreaEntry[] = [];
  const dropped: AreaEntry[] = [];
  const byLevel = Map.groupBy(lower, (entry) => entry.level);
  for (const level of areaLevels) {
    const tree = [...upper, ...carried];
    for (const entry of rehang(level, byLevel.get(level) ?? [], tree, polygons)) {
      (entry.parentId === null ? dropped : carried).push(entry);
    }
  }
  return { carried, dropped };
}

function rehang(
  level: AreaLevel,
  entries: readonly AreaEntry[],
  tree: readonly AreaEntry[],
  polygons: TownShapes['polygons'],
): AreaEntry[] {
  if (entries.length === 0) return [];
  const parentLevel = levelAbove(level, levelsOf(tree));
  const parents = tree.filter((other) => other.level === parentLevel);
  const ids = new Set(parents.map((parent) => parent.id));
  let find: ReturnType<typeof parentFinder> | null = null;
  return entries.map((entry) => {
    if (entry.parentId !== null && ids.has(entry.parentId)) return entry;
    find ??= parentFinder(parents, polygons);
    return { ...entry, parentId: find(entry.code, polygons.get(entry.id) ?? [])?.id ?? null };
  });
}
