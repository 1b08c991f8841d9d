import type { AreaLevel } from '../contract.ts';
import { carryOver } from './carry-over.ts';
import { deriveOutlines } from './derive-outlines.ts';
import type { AreaEntry, TownShapes } from './entry.ts';
import { findIdentities } from './find-identity.ts';
import { parentFinder } from './find-parent.ts';
import { ImportProblem } from './import-problem.ts';
import { checkImported, type ImportedArea } from './imported-area.ts';
import { rootsFor, type RootNames } from './make-roots.ts';
import { compareCodes, depthOf, inTreeOrder, levelAbove, levelsOf } from './tree.ts';

export interface ImportPlan {
  readonly town: TownShapes;
  /** Codes of areas below the imported level that no longer lie in any area of it. */
  readonly dropped: readonly string[];
}

export interface ImportOptions {
  readonly names: RootNames;
  /** Ids of ended areas of this level by code. */
  readonly ended: ReadonlyMap<string, string>;
  readonly newId: () => string;
}

/**
 * The tree that results when one level is replaced by what a file holds; all other levels are carried
 * over. Town and county are made when there are none. Throws `ImportProblem`.
 */
export function planImport(
  base: TownShapes,
  level: AreaLevel,
  areas: readonly ImportedArea[],
  options: ImportOptions,
): ImportPlan {
  checkImported(areas);
  if (level === 'county' && areas.length > 1)
    throw new ImportProblem(
      'several-roots',
      areas.map((area) => area.code),
    );
  const previous = base.entries.filter((entry) => entry.level === level);
  const ids = findIdentities(areas, previous, base.polygons, options.ended, options.newId);
  const others = base.entries.filter((entry) => entry.level !== level);
  const above = [
    ...others.filter((entry) => depthOf(entry.level) < depthOf(level)),
    ...rootsFor(level, areas, levelsOf(others), options),
  ];

  const imported = hangUnder(above, level, areas, ids, base, previous);
  const polygons = new Map(base.polygons);
  for (const entry of previous) polygons.delete(entry.id);
  areas.forEach((area, i) => polygons.set(ids[i] ?? '', area.polygons));

  const upper = [...rehangRoots(above), ...imported];
  const lower = others.filter((entry) => depthOf(entry.level) > depthOf(level));
  const { carried, dropped } = carryOver(upper, lower, polygons);
  for (const entry of dropped) polygons.delete(entry.id);
  return {
    town: deriveOutlines({ entries: inTreeOrder([...upper, ...carried]), polygons }),
    dropped: dropped.map((entry) => entry.code).toSorted(compareCodes),
  };
}

function hangUnder(
  above: readonly AreaEntry[],
  level: AreaLevel,
  areas: readonly ImportedArea[],
  ids: readonly string[],
  base: TownShapes,
  previous: readonly AreaEntry[],
): AreaEntry[] {
  const parentLevel = levelAbove(level, levelsOf(above));
  const parents = above.filter((entry) => entry.level === parentLevel);
  const byCode = new Map(parents.map((parent) => [parent.code, parent]));
  const byPlace = parentFinder(parents, base.polygons);
  const known = new Map(previous.map((entry) => [entry.id, entry]));
  const lost: string[] = [];
  const entries = areas.map((area, i): AreaEntry => {
    const id = ids[i] ?? '';
    const before = known.get(id);
    const parent = area.parentCode === null ? byPlace(area.code, area.polygons) : byCode.get(area.parentCode);
    if (!parent && parentLevel !== null) lost.push(area.code);
    return {
      id,
      level,
      code: area.code,
      name: area.name,
      parentId: parent?.id ?? null,
      population: area.population === undefined ? (before?.population ?? null) : area.population,
      households: area.households === undefined ? (before?.households ?? null) : area.households,
      derived: false,
    };
  });
  if (lost.length > 0) throw new ImportProblem('unknown-parent', lost);
  return entries;
}

/** Roots that were just made hang below each other in the order of their levels. */
function rehangRoots(above: readonly AreaEntry[]): AreaEntry[] {
  return above.map((entry) => {
    if (entry.parentId !== null) return entry;
    const parentLevel = levelAbove(entry.level, levelsOf(above));
    return { ...entry, parentId: above.find((other) => other.level === parentLevel)?.id ?? null };
  });
}
