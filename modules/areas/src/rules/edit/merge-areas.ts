import { fromPolygons, neighbours, outlineOf } from '@wangge/geo';
import { tileOf } from '@wangge/geo/edit';
import type { AreaEdit } from '../../contract.ts';
import type { AreaEntry, TownShapes } from '../entry.ts';
import { type Edited, type EditContext, entryOf } from './edited.ts';
import { hangUnder } from './codes.ts';
import { EditRefused } from './edit-refused.ts';
import { joined } from './figures.ts';
import { mosaicOf, tilesWithin, withMosaic } from './tiles.ts';

/** Joins two neighbours under one parent; the first stays who it was and takes over what the other held. */
export function mergeAreas(
  town: TownShapes,
  edit: Extract<AreaEdit, { kind: 'merge' }>,
  { used }: EditContext,
): Edited {
  const [area, other] = [entryOf(town, edit.areaId), entryOf(town, edit.otherId)];
  if (area.id === other.id || area.level !== other.level || area.parentId !== other.parentId)
    throw new EditRefused('not-siblings');
  if (area.level !== 'grid' && area.level !== 'micro-grid') throw new EditRefused('wrong-level');
  const [mine, others] = [tilesWithin(town.entries, area.id), tilesWithin(town.entries, other.id)];
  const divided = (ids: readonly string[], entry: AreaEntry): boolean => ids[0] !== entry.id;
  if (divided(mine, area) !== divided(others, other)) throw new EditRefused('one-divided');
  if (!touch(town, mine, others)) throw new EditRefused('not-neighbours');

  const mosaic = new Map(mosaicOf(town));
  let entries: readonly AreaEntry[] = town.entries;
  if (divided(others, other)) {
    const children = entries
      .filter((entry) => entry.parentId === other.id)
      .toSorted((a, b) => (a.code < b.code ? -1 : 1));
    for (const child of children) entries = hangUnder(entries, child.id, area, used);
  } else {
    const both = [area.id, other.id];
    const areas = both.map((id) => ({ code: id, polygons: town.polygons.get(id) ?? [] }));
    mosaic.set(area.id, tileOf(outlineOf(fromPolygons(areas), both)));
    mosaic.delete(other.id);
  }
  entries = entries
    .filter((entry) => entry.id !== other.id)
    .map((entry) => (entry.id === area.id ? { ...entry, ...joined(area, other) } : entry));
  return { town: withMosaic(town, entries, mosaic), names: [area.name, other.name] };
}

/** Whether some tile of one has a piece of border with some tile of the other. */
export function touch(town: TownShapes, some: readonly string[], others: readonly string[]): boolean {
  const areas = [...some, ...others].map((id) => ({ code: id, polygons: town.polygons.get(id) ?? [] }));
  const beside = neighbours(fromPolygons(areas));
  const wanted = new Set(others);
  return some.some((id) => beside.get(id)?.some((code) => wanted.has(code)));
}
