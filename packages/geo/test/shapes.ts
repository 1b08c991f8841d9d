import type { Area, LonLat, Polygons } from '@wangge/geo';

/** About a metre in degrees of latitude, for shapes written by hand. */
export const metre = 1 / 110_852;

/** A closed rectangle. */
export const box = (west: number, south: number, east: number, north: number): LonLat[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];

export const area = (code: string, ...rings: LonLat[][]): Area => ({ code, polygons: [rings] });

/** The same areas with the positions of one of them changed. */
export function edited(areas: readonly Area[], code: string, edit: (ring: LonLat[]) => LonLat[]): Area[] {
  return areas.map((one) =>
    one.code === code ? { code, polygons: one.polygons.map((rings) => rings.map((ring) => onOpen(ring, edit))) } : one,
  );
}

/** Edits a closed ring without its repeated last position. */
function onOpen(ring: readonly LonLat[], edit: (ring: LonLat[]) => LonLat[]): LonLat[] {
  const open = edit(ring.slice(0, -1));
  return [...open, open[0]!];
}

export const positionsOf = (polygons: Polygons) => polygons.flat(2);
