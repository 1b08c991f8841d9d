import { type AreaIndex as LevelIndex, buildAreaIndex } from '@wangge/geo';
import type { Area, AreaLevel } from '../contract.ts';
import type { TownShapes } from './entry.ts';
import { inTreeOrder, levelAbove, levelsOf } from './tree.ts';

/** An area with its place in the tree, as every module sees it. */
export type AreaNode = Area;

export interface LocatedAreas {
  readonly village: AreaNode | null;
  readonly grid: AreaNode | null;
  readonly microGrid: AreaNode | null;
}

/** The areas in force, in memory. Never changes: a new version is a new index. */
export interface AreaIndex {
  /** Null in a town without areas. */
  readonly versionId: string | null;
  get(id: string): AreaNode | null;
  /** The area of this code; where several levels use it, the uppermost unless a level is named. */
  byCode(code: string, level?: AreaLevel): AreaNode | null;
  root(): AreaNode | null;
  /** Parents before children, codes ascending within a level. */
  all(): readonly AreaNode[];
  children(id: string): readonly AreaNode[];
  /**
   * Village, grid and micro-grid at a WGS 84 place in degrees; null outside every one of them. A place
   * on a border belongs to exactly one side, always the same. A place in a grid that has no micro-grids
   * has none.
   */
  locate(lon: number, lat: number): LocatedAreas | null;
  /** Metres to the nearest grid (village, where there are no grids); 0 inside, Infinity without areas. */
  distanceOutsideM(lon: number, lat: number): number;
}

export type LevelIndexes = ReadonlyMap<AreaLevel, LevelIndex>;

/** The lookup of every level that has areas; independent of names and head counts. */
export function buildLevelIndexes(town: TownShapes): LevelIndexes {
  const indexes = new Map<AreaLevel, LevelIndex>();
  for (const level of levelsOf(town.entries)) {
    const areas = town.entries
      .filter((entry) => entry.level === level)
      .map((entry) => ({ code: entry.code, polygons: town.polygons.get(entry.id) ?? [] }));
    indexes.set(level, buildAreaIndex(areas));
  }
  return indexes;
}

/** Puts the index of one version together out of its nodes and the lookups of its levels. */
export function makeAreaIndex(
  versionId: string | null,
  unordered: readonly AreaNode[],
  indexes: LevelIndexes,
): AreaIndex {
  const nodes = inTreeOrder(unordered);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  // A map for each level: joining level and code into one key would cost each lookup a new string.
  const byCode = new Map(
    Array.from(
      Map.groupBy(nodes, (node) => node.level),
      ([level, some]) => [level, new Map(some.map((node) => [node.code, node]))],
    ),
  );
  const byAnyCode = new Map<string, AreaNode>();
  for (const node of nodes.toReversed()) byAnyCode.set(node.code, node);
  const below = Map.groupBy(nodes, (node) => node.parentId);
  const present = levelsOf(nodes);
  const finest = present.has('grid') ? 'grid' : levelAbove('grid', present);

  const at = (level: AreaLevel, lon: number, lat: number): AreaNode | null => {
    const code = indexes.get(level)?.locate(lon, lat) ?? null;
    return code === null ? null : (byCode.get(level)?.get(code) ?? null);
  };
  const above = (node: AreaNode, level: AreaLevel): AreaNode | null => {
    const parent = node.parentId === null ? null : (byId.get(node.parentId) ?? null);
    return parent?.level === level ? parent : null;
  };
  /** The grid decides: where only one side of a border has micro-grids, they must not pull the place over. */
  const microGridIn = (grid: AreaNode, lon: number, lat: number): AreaNode | null => {
    const found = at('micro-grid', lon, lat);
    if (!found || found.parentId === grid.id) return found;
    const codes = indexes.get('micro-grid')?.covering(lon, lat) ?? [];
    const inside = codes.map((code) => byCode.get('micro-grid')?.get(code));
    return inside.find((node) => node?.parentId === grid.id) ?? null;
  };

  return {
    versionId,
    get: (id) => byId.get(id) ?? null,
    byCode: (code, level) => (level === undefined ? byAnyCode.get(code) : byCode.get(level)?.get(code)) ?? null,
    root: () => nodes[0] ?? null,
    all: () => nodes,
    children: (id) => below.get(id) ?? [],
    locate(lon, lat) {
      const grid = at('grid', lon, lat);
      if (grid) {
        const village = above(grid, 'village');
        return { village, grid, microGrid: microGridIn(grid, lon, lat) };
      }
      const village = at('village', lon, lat);
      // Only a tree without grids may have micro-grids right below its villages.
      const microGrid = present.has('grid') ? null : at('micro-grid', lon, lat);
      return village || microGrid ? { village, grid: null, microGrid } : null;
    },
    distanceOutsideM: (lon, lat) =>
      (finest === null ? null : indexes.get(finest)?.nearest(lon, lat))?.metres ?? Number.POSITIVE_INFINITY,
  };
}

export const noAreas: AreaIndex = makeAreaIndex(null, [], new Map());
