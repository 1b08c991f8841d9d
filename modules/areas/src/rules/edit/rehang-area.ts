import type { AreaEdit } from '../../contract.ts';
import type { AreaEntry, TownShapes } from '../entry.ts';
import { type Edited, type EditContext, entryOf } from './edited.ts';
import { hangUnder } from './codes.ts';
import { EditRefused } from './edit-refused.ts';
import { joined, without } from './figures.ts';
import { touch } from './merge-areas.ts';
import { mosaicOf, tilesWithin, withMosaic } from './tiles.ts';

/** Hangs a micro-grid under a neighbouring grid (or a grid under a neighbouring village); it stays who it was. */
export function rehangArea(
  town: TownShapes,
  edit: Extract<AreaEdit, { kind: 'rehang' }>,
  { used }: EditContext,
): Edited {
  const area = entryOf(town, edit.areaId);
  const from = entryOf(town, area.parentId ?? '');
  const to = entryOf(town, edit.parentId);
  if (from.id === to.id) throw new EditRefused('same-parent');
  if (from.level !== to.level || (area.level !== 'grid' && area.level !== 'micro-grid'))
    throw new EditRefused('wrong-level');
  // Nothing may be left of the old one, and the new one must be divided already: half of it cannot be.
  if (town.entries.filter((entry) => entry.parentId === from.id).length < 2) throw new EditRefused('last-one');
  if (!town.entries.some((entry) => entry.parentId === to.id)) throw new EditRefused('one-divided');
  if (!touch(town, tilesWithin(town.entries, area.id), tilesWithin(town.entries, to.id)))
    throw new EditRefused('not-neighbours');
  const line = (id: string | null): string[] => {
    const entry = town.entries.find((one) => one.id === id);
    return entry ? [entry.id, ...line(entry.parentId)] : [];
  };
  const [losing, gaining] = [line(from.id), line(to.id)];
  const entries = hangUnder(town.entries, area.id, to, used).map((entry): AreaEntry => {
    const [loses, gains] = [losing.includes(entry.id), gaining.includes(entry.id)];
    if (loses === gains) return entry;
    return { ...entry, ...(loses ? without(entry, area) : joined(entry, area)) };
  });
  return { town: withMosaic(town, entries, mosaicOf(town)), names: [area.name, from.name, to.name] };
}
