import { type AreaLevel, areaLevels } from '../contract.ts';
import type { AreaEntry } from './entry.ts';

/** 0 for the county; grows downwards. */
export function depthOf(level: AreaLevel): number {
  return areaLevels.indexOf(level);
}

/** Parents before children, and codes ascending within a level: the order in which lists show the tree. */
export function inTreeOrder<E extends Pick<AreaEntry, 'level' | 'code'>>(entries: readonly E[]): E[] {
  return entries.toSorted((a, b) => depthOf(a.level) - depthOf(b.level) || compareCodes(a.code, b.code));
}

/** By code unit, as PostgreSQL's `C` collation: the same on every machine. */
export function compareCodes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The nearest level above that has areas; levels may be left out (grids right below the town). */
export function levelAbove(level: AreaLevel, present: ReadonlySet<AreaLevel>): AreaLevel | null {
  for (let depth = depthOf(level) - 1; depth >= 0; depth--) {
    const above = areaLevels[depth];
    if (above && present.has(above)) return above;
  }
  return null;
}

export function levelsOf(entries: Iterable<Pick<AreaEntry, 'level'>>): Set<AreaLevel> {
  return new Set(Array.from(entries, (entry) => entry.level));
}

/**
 * Paths by id: codes from the top, each closed by a slash.
 * Throws when a parent is missing or not above its child: such entries are a fault of ours.
 */
export function pathsOf(
  entries: readonly Pick<AreaEntry, 'id' | 'level' | 'code' | 'parentId'>[],
): Map<string, string> {
  const depths = new Map(entries.map((entry) => [entry.id, depthOf(entry.level)]));
  const paths = new Map<string, string>();
  for (const entry of inTreeOrder(entries)) {
    if (entry.parentId === null) {
      paths.set(entry.id, `${entry.code}/`);
      continue;
    }
    const parentPath = paths.get(entry.parentId);
    if (parentPath === undefined || (depths.get(entry.parentId) ?? 99) >= depthOf(entry.level)) {
      throw new Error(`area ${entry.code} hangs on an area that is not above it`);
    }
    paths.set(entry.id, `${parentPath}${entry.code}/`);
  }
  return paths;
}
