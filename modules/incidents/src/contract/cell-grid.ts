/**
 * Cells of the map: squares of the Mercator projection that web maps share (EPSG:3857). Screen and database reckon
 * them alike, so that a square drawn is the square counted.
 */

/** Degrees: west, south, east, north. */
export type Box = readonly [west: number, south: number, east: number, north: number];
export interface CellIndex {
  /** Column from the date line eastwards. */
  readonly x: number;
  /** Row from the north downwards. */
  readonly y: number;
}

export const cellZooms = { min: 3, max: 20 } as const;
/** A map tile of 256 pixels has this many cells along each side: 64 pixels each, room for a circle with a number. */
const perTile = 4;
/** The square ends here; beyond it there are no towns. */
const edgeLat = 85.05;

/** Cells around the earth at a zoom. */
export const cellsAround = (zoom: number): number => perTile * 2 ** zoom;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
/** From the north (0) to the south (1). */
function down(lat: number): number {
  const phi = (clamp(lat, -edgeLat, edgeLat) * Math.PI) / 180;
  return (1 - Math.log(Math.tan(phi / 2 + Math.PI / 4)) / Math.PI) / 2;
}
const latAt = (part: number): number =>
  ((2 * Math.atan(Math.exp(Math.PI * (1 - 2 * part))) - Math.PI / 2) * 180) / Math.PI;

/** The cell of a place; `around` cells go around the earth. */
export function cellAt(lon: number, lat: number, around: number): CellIndex {
  const at = (part: number): number => clamp(Math.floor(part * around), 0, around - 1);
  return { x: at((lon + 180) / 360), y: at(down(lat)) };
}

/** What a cell covers. */
export function cellBox({ x, y }: CellIndex, around: number): Box {
  return [(x / around) * 360 - 180, latAt((y + 1) / around), ((x + 1) / around) * 360 - 180, latAt(y / around)];
}

/**
 * The whole tiles around a box: whoever moves the map a little asks nothing new, and whoever looks at the same
 * part of town asks the same.
 */
export function tilesAround([west, south, east, north]: Box, zoom: number): Box {
  const around = cellsAround(zoom) / perTile;
  const [left, , , top] = cellBox(cellAt(west, north, around), around);
  const [, bottom, right] = cellBox(cellAt(east, south, around), around);
  const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
  return [round(left), round(bottom), round(right), round(top)];
}
