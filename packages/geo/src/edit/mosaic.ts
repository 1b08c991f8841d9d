/** Areas that tile the land, in whole quanta: the form in which borders are edited, since equal corners are equal numbers. */
import { fromQuanta, toQuanta } from '../quantise.ts';
import type { Polygons } from '../types.ts';

/** Longitude and latitude in whole quanta of 1e-7 degree. */
export type Corner = readonly [x: number, y: number];
/** An open ring: the first corner is not repeated. Shells turn counter-clockwise, holes clockwise. */
export type CornerRing = readonly Corner[];
/** Polygon > ring > corner; in each polygon the shell first. */
export type Tile = readonly (readonly CornerRing[])[];
/** Tiles by identifier. Every corner on a common border is a corner of both tiles. */
export type Mosaic = ReadonlyMap<string, Tile>;

export const cornerKey = ([x, y]: Corner): string => `${x},${y}`;
export const edgeKey = (a: Corner, b: Corner): string => `${a[0]},${a[1]},${b[0]},${b[1]}`;

/** Twice the signed area in square quanta; exact for tiles below some 90 km across. */
export function doubleArea(ring: CornerRing): number {
  const [ox, oy] = ring[0] ?? [0, 0];
  let sum = 0;
  for (const [a, b] of edgesOf(ring)) sum += (a[0] - ox) * (b[1] - oy) - (b[0] - ox) * (a[1] - oy);
  return sum;
}

export function* edgesOf(ring: CornerRing): Generator<readonly [Corner, Corner]> {
  for (let i = 0; i < ring.length; i++) yield [ring[i]!, ring[i + 1] ?? ring[0]!];
}

/** Polygons in degrees as a tile; rings are turned the way that tiles have them. */
export function tileOf(polygons: Polygons): Tile {
  return polygons.map((rings) =>
    rings.map((ring, i) => {
      const corners = ring.slice(0, -1).map(([lon, lat]): Corner => [toQuanta(lon), toQuanta(lat)]);
      return doubleArea(corners) > 0 === (i === 0) ? corners : corners.toReversed();
    }),
  );
}

export function polygonsOf(tile: Tile): Polygons {
  return tile.map((rings) => rings.map((ring) => [...ring, ring[0]!].map(([x, y]) => [fromQuanta(x), fromQuanta(y)])));
}

/** Corners of edges that only one tile has: the rim of the land, which is others' border too. */
export function rimCorners(mosaic: Mosaic): Set<string> {
  const edges = new Set<string>();
  for (const [a, b] of allEdges(mosaic.values())) edges.add(edgeKey(a, b));
  const rim = new Set<string>();
  for (const [a, b] of allEdges(mosaic.values()))
    if (!edges.has(edgeKey(b, a))) rim.add(cornerKey(a)).add(cornerKey(b));
  return rim;
}

export function* allEdges(tiles: Iterable<Tile>): Generator<readonly [Corner, Corner]> {
  for (const tile of tiles) for (const rings of tile) for (const ring of rings) yield* edgesOf(ring);
}
