import { areaM2 } from '@wangge/geo';
import { type Mosaic, polygonsOf, splitTiles, type Tile } from '@wangge/geo/edit';
import type { AreaEdit } from '../../contract.ts';
import type { AreaEntry, TownShapes } from '../entry.ts';
import { type Edited, type EditContext, entryOf } from './edited.ts';
import { hangUnder, nextCode } from './codes.ts';
import { EditRefused } from './edit-refused.ts';
import { shareOf, sumOf, without } from './figures.ts';
import { mosaicOf, tilesWithin, withMosaic } from './tiles.ts';

/** Divides a grid (with its micro-grids) or a micro-grid; the larger side stays who it was. */
export function splitArea(
  town: TownShapes,
  edit: Extract<AreaEdit, { kind: 'split' }>,
  { newId, used }: EditContext,
): Edited {
  const area = entryOf(town, edit.areaId);
  const parent = entryOf(town, area.parentId ?? '');
  if (area.level !== 'grid' && area.level !== 'micro-grid') throw new EditRefused('wrong-level');
  const within = tilesWithin(town.entries, area.id);
  const { noded, left, right } = splitTiles(mosaicOf(town), within, edit.line);
  const [large, small] = landOf(left) >= landOf(right) ? [left, right] : [right, left];

  const added: AreaEntry = {
    ...area,
    id: newId(),
    code: nextCode(area.level, parent.code, town.entries, used),
    name: edit.name,
    derived: false,
    ...shareOf(area, landOf(small) / (landOf(small) + landOf(large))),
  };
  let entries: readonly AreaEntry[] = [...town.entries, added];
  const mosaic = new Map(noded);
  if (within.length === 1 && within[0] === area.id) {
    mosaic.set(area.id, large.get(area.id) ?? []).set(added.id, small.get(area.id) ?? []);
  } else {
    for (const [id, tile] of small) {
      const rest = large.get(id);
      if (!rest) {
        entries = hangUnder(entries, id, added, used);
        continue;
      }
      entries = withPart(entries, { id, rest, tile }, added, { newId, used });
      mosaic.set(id, rest).set(entries.at(-1)?.id ?? '', tile);
    }
    const moved = sumOf(entries.filter((entry) => entry.parentId === added.id));
    entries = entries.map((entry) => (entry.id === added.id ? { ...added, ...pickKnown(moved, added) } : entry));
  }
  const figures = entries.find((entry) => entry.id === added.id) ?? added;
  entries = entries.map((entry) => (entry.id === area.id ? { ...entry, ...without(area, figures) } : entry));
  return { town: withMosaic(town, entries, mosaic), names: [area.name, added.name] };
}

/** The part of a micro-grid that falls to the new grid: a new micro-grid, last in the list. */
function withPart(
  entries: readonly AreaEntry[],
  cut: { readonly id: string; readonly rest: Tile; readonly tile: Tile },
  parent: AreaEntry,
  { newId, used }: EditContext,
): AreaEntry[] {
  const whole = entries.find((entry) => entry.id === cut.id);
  if (!whole) return [...entries];
  const [a, b] = [landOfTile(cut.tile), landOfTile(cut.rest)];
  const figures = shareOf(whole, a / (a + b));
  const code = nextCode(whole.level, parent.code, entries, used);
  const part: AreaEntry = {
    ...whole,
    id: newId(),
    code,
    parentId: parent.id,
    name: `${parent.name}${code.slice(parent.code.length)}`,
    ...figures,
  };
  return [...entries.map((entry) => (entry.id === whole.id ? { ...whole, ...without(whole, figures) } : entry)), part];
}

/** What the parts add up to is better than a share by land, where all of it is known. */
function pickKnown(
  sum: { population: number | null; households: number | null },
  share: AreaEntry,
): Partial<AreaEntry> {
  return {
    population: share.population === null ? null : (sum.population ?? share.population),
    households: share.households === null ? null : (sum.households ?? share.households),
  };
}

function landOf(mosaic: Mosaic): number {
  return [...mosaic.values()].reduce((sum, tile) => sum + landOfTile(tile), 0);
}
function landOfTile(tile: Tile): number {
  return areaM2(polygonsOf(tile));
}
