/** From a place or a chosen area to the area that is responsible. */
import { AppError, type Place } from '@wangge/contract-kit';
import type { AreaIndex } from '@wangge/areas';

export interface AreaRef {
  readonly id: string;
  readonly path: string;
}

/** The smallest area at a place; null outside all of them. */
export function areaAt(index: AreaIndex, place: { readonly lon: number; readonly lat: number }): AreaRef | null {
  const found = index.locate(place.lon, place.lat);
  return found?.microGrid ?? found?.grid ?? found?.village ?? null;
}

/**
 * Where an incident belongs: its place decides, else the area that was chosen.
 *
 * @throws AppError `place-outside` with the distance in metres, `invalid-field` (neither is given, or
 *   the area is unknown)
 */
export function areaFor(index: AreaIndex, place: Place | undefined, areaId: string | undefined): AreaRef {
  if (place) {
    const area = areaAt(index, place);
    if (area) return area;
    const distanceM = index.distanceOutsideM(place.lon, place.lat);
    throw new AppError('place-outside', {
      field: 'place',
      details: { distanceM: Number.isFinite(distanceM) ? Math.round(distanceM) : null },
    });
  }
  if (areaId === undefined) throw new AppError('invalid-field', { field: 'place', details: { problem: 'missing' } });
  const area = index.get(areaId);
  if (!area) throw new AppError('invalid-field', { field: 'areaId' });
  return area;
}
