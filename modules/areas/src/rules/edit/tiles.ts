/** The finest areas as a mosaic, and the outlines of all above them. */
import { fromPolygons, outlineOf, snapAreas } from '@wangge/geo';
import { type Mosaic, polygonsOf, tileOf } from '@wangge/geo/edit';
import { canonicalShape } from '../canonical-shape.ts';
import type { AreaEntry, TownShapes } from '../entry.ts';
import { fromBelow } from './codes.ts';

/** Areas that hold no other. */
export function tilesOf(entries: readonly AreaEntry[]): AreaEntry[] {
  const parents = new Set(entries.map((entry) => entry.parentId));
  return entries.filter((entry) => !parents.has(entry.id));
}

/** Identifiers of the tiles that an area consists of. */
export function tilesWithin(entries: readonly AreaEntry[], id: string): string[] {
  const below = Map.groupBy(entries, (entry) => entry.parentId);
  const walk = (at: string): string[] => {
    const children = below.get(at) ?? [];
    return children.length === 0 ? [at] : children.flatMap((child) => walk(child.id));
  };
  return walk(id);
}

export function mosaicOf(town: TownShapes): Mosaic {
  return new Map(tilesOf(town.entries).map(({ id }) => [id, tileOf(town.polygons.get(id) ?? [])]));
}

/**
 * The same land with every common corner in both neighbours, and all outlines made of the tiles: so that a border that
 * moves moves everywhere.
 */
export function readyToEdit(town: TownShapes): TownShapes {
  const tiles = tilesOf(town.entries).map(({ id }) => ({ code: id, polygons: town.polygons.get(id) ?? [] }));
  const polygons = new Map(town.polygons);
  for (const { code, polygons: tidy } of snapAreas(tiles, 0).areas) polygons.set(code, tidy);
  return withOutlines({ entries: town.entries, polygons }, new Set(tiles.map(({ code }) => code)));
}

/** Puts edited tiles back, and draws the outlines of all areas above those that changed anew. */
export function withMosaic(town: TownShapes, entries: readonly AreaEntry[], mosaic: Mosaic): TownShapes {
  const before = mosaicOf(town);
  const polygons = new Map<string, TownShapes['polygons'] extends ReadonlyMap<string, infer P> ? P : never>();
  const kept = new Set(entries.map((entry) => entry.id));
  for (const [id, shape] of town.polygons) if (kept.has(id)) polygons.set(id, shape);
  const changed = new Set<string>();
  for (const [id, tile] of mosaic) {
    if (!kept.has(id) || isSame(before.get(id), tile)) continue;
    polygons.set(id, polygonsOf(tile));
    changed.add(id);
  }
  const parents = new Map(town.entries.map((entry) => [entry.id, entry.parentId]));
  for (const entry of entries) if (parents.get(entry.id) !== entry.parentId) changed.add(entry.id);
  // What lost an area by it is above nothing that changed.
  const lost = entries.filter((entry) => town.entries.some((one) => one.parentId === entry.id && !kept.has(one.id)));
  const left = town.entries.filter((one) => {
    const now = entries.find((entry) => entry.id === one.id);
    return now !== undefined && now.parentId !== one.parentId;
  });
  const also = new Set([...lost.map(({ id }) => id), ...left.flatMap(({ parentId }) => (parentId ? [parentId] : []))]);
  return withOutlines({ entries, polygons }, changed, also);
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function withOutlines(
  town: TownShapes,
  changed: ReadonlySet<string>,
  also: ReadonlySet<string> = new Set(),
): TownShapes {
  const polygons = new Map(town.polygons);
  const byId = new Map(town.entries.map((entry) => [entry.id, entry]));
  const above = new Set<string>();
  const climb = (from: string | null | undefined): void => {
    for (let at = byId.get(from ?? ''); at && !above.has(at.id); at = byId.get(at.parentId ?? '')) above.add(at.id);
  };
  for (const id of changed) climb(byId.get(id)?.parentId);
  for (const id of also) climb(id);
  for (const entry of town.entries.filter(({ id }) => above.has(id)).toSorted(fromBelow)) {
    const within = tilesWithin(town.entries, entry.id);
    if (within.length === 1 && within[0] === entry.id) continue;
    const areas = within.map((id) => ({ code: id, polygons: polygons.get(id) ?? [] }));
    const outline = outlineOf(fromPolygons(areas), within);
    // Drawn with other corners along the same lines it stays as it was drawn.
    if (canonicalShape(outline) !== canonicalShape(polygons.get(entry.id) ?? [])) polygons.set(entry.id, outline);
  }
  return { entries: town.entries, polygons };
}
