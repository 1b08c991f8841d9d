/** What a step changed, both ways: so that taking it back gives what was, to the letter. */
import { fromQuanta, type Polygons, toQuanta } from '@wangge/geo';
import type { AreaEntry, TownShapes } from '../entry.ts';

type Flat = readonly (readonly (readonly number[])[])[];
/** Of one thing before and after; null where it was not, or is not any more. */
interface Change<T> {
  readonly before: T | null;
  readonly after: T | null;
}
/** Plain JSON. */
export interface TownPatch {
  readonly entries: readonly Change<AreaEntry>[];
  readonly shapes: readonly (Change<Flat> & { readonly id: string })[];
}

export function patchBetween(before: TownShapes, after: TownShapes): TownPatch {
  const old = new Map(before.entries.map((entry) => [entry.id, entry]));
  const now = new Map(after.entries.map((entry) => [entry.id, entry]));
  const ids = new Set([...old.keys(), ...now.keys()]);
  return {
    entries: [...ids].flatMap((id) => {
      const [a, b] = [old.get(id) ?? null, now.get(id) ?? null];
      return JSON.stringify(a) === JSON.stringify(b) ? [] : [{ before: a, after: b }];
    }),
    shapes: [...ids].flatMap((id) => {
      const [a, b] = [before.polygons.get(id), after.polygons.get(id)];
      return a === b ? [] : [{ id, before: a ? flat(a) : null, after: b ? flat(b) : null }];
    }),
  };
}

export function applyPatch(town: TownShapes, patch: TownPatch, way: 'redo' | 'undo'): TownShapes {
  const side = way === 'redo' ? 'after' : 'before';
  const entries = new Map(town.entries.map((entry) => [entry.id, entry]));
  for (const change of patch.entries) {
    const id = (change.before ?? change.after)?.id ?? '';
    const to = change[side];
    if (to) entries.set(id, { ...to, ...figuresSince(change, side, entries.get(id)) });
    else entries.delete(id);
  }
  const polygons = new Map(town.polygons);
  for (const change of patch.shapes) {
    const to = change[side];
    if (to) polygons.set(change.id, unflat(to));
    else polygons.delete(change.id);
  }
  return { entries: [...entries.values()], polygons };
}

/** A name or a head count that somebody corrected in the areas in force meanwhile is not taken back with the step. */
function figuresSince(
  change: Change<AreaEntry>,
  side: 'before' | 'after',
  now: AreaEntry | undefined,
): Partial<AreaEntry> {
  const [from, to] = side === 'after' ? [change.before, change.after] : [change.after, change.before];
  if (!from || !to || !now) return {};
  const kept = (['name', 'population', 'households'] as const).filter((key) => from[key] === to[key]);
  return Object.fromEntries(kept.map((key) => [key, now[key]]));
}

export function flat(polygons: Polygons): number[][][] {
  return polygons.map((rings) => rings.map((ring) => ring.flatMap(([lon, lat]) => [toQuanta(lon), toQuanta(lat)])));
}
function unflat(polygons: Flat): Polygons {
  return polygons.map((rings) =>
    rings.map((ring) =>
      Array.from(
        { length: ring.length / 2 },
        (_, i) => [fromQuanta(ring[2 * i] ?? 0), fromQuanta(ring[2 * i + 1] ?? 0)] as const,
      ),
    ),
  );
}
