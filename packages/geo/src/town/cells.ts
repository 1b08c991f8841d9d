import { Delaunay } from 'd3-delaunay';
import { between, rng } from '../rng.ts';
import { along } from './curve.ts';
import { NearLines } from './near-lines.ts';
import { gap, type Xy } from './plane.ts';
import type { PlaneRoad } from './roads.ts';
import type { TownShape } from './shape.ts';
import type { TownWater } from './water.ts';

/** A pair of neighbouring cells and the straight border between them. */
export type CellBorder = {
  left: number;
  right: number;
  /** Numbers of the corners at both ends; `left` lies to the left of the way from `from` to `to`. */
  from: number;
  to: number;
};

/** The land cut into small cells, the stuff that all areas are put together from. */
export type Cells = {
  sites: Xy[];
  /** Whether a cell belongs to the town. The others surround it. */
  inTown: boolean[];
  corners: Xy[];
  borders: CellBorder[];
  /** For each cell its neighbours in the town, with what it costs to grow across the border, in metres. */
  neighbours: { cell: number; cost: number }[][];
  /** The cell that a place lies in. */
  cellAt(point: Xy): number;
};

/** Least distance between two sites, metres: in the open, and in the seat where areas are small. */
const openSpacing = 66;
const seatSpacing = 36;
const square = 92;

/**
 * Voronoi cells of less than 1 ha. Along the river and the main roads the sites stand in mirrored pairs, so
 * that the borders between the cells follow the middle line: that is how villages come to end at a river.
 */
export function makeCells(
  seed: number,
  shape: TownShape,
  water: TownWater,
  main: readonly PlaneRoad[],
  seats: readonly Xy[],
): Cells {
  const random = rng(seed);
  const sites: Xy[] = [];
  const squares = new Map<string, Xy[]>();
  const squareAt = (x: number, y: number) => `${Math.floor(x / square)} ${Math.floor(y / square)}`;
  const free = (point: Xy, metres: number) => {
    for (const dx of [-square, 0, square]) {
      for (const dy of [-square, 0, square]) {
        const near = squares.get(squareAt(point[0] + dx, point[1] + dy)) ?? [];
        if (near.some((other) => gap(other, point) < metres)) return false;
      }
    }
    return true;
  };
  const put = (point: Xy) => {
    sites.push(point);
    const key = squareAt(...point);
    squares.set(key, [...(squares.get(key) ?? []), point]);
  };

  const lines = [water.river, ...main.map((road) => road.line)];
  for (const line of lines) {
    for (const { at, direction } of along(line, 70)) {
      const pair = [38, -38].map((off): Xy => [at[0] - direction[1] * off, at[1] + direction[0] * off]);
      if (pair.every((point) => free(point, 52))) pair.forEach(put);
    }
  }
  const lined = new NearLines(lines);
  for (let y = -5200; y <= 5200; y += 38) {
    for (let x = -6800; x <= 6800; x += 38) {
      const point: Xy = [x + between(random, -19, 19), y + between(random, -19, 19)];
      const inSeat = seats.some((seat) => gap(seat, point) < 750);
      // A single site this close to a line would pull the border off it.
      if (lined.nearest(point, 62)) continue;
      if (free(point, inSeat ? seatSpacing : openSpacing)) put(point);
    }
  }

  const delaunay = Delaunay.from(sites.map(([x, y]) => [x, y]));
  const centres = delaunay.voronoi().circumcenters;
  const corners: Xy[] = [];
  for (let i = 0; i < centres.length; i += 2) corners.push([centres[i]!, centres[i + 1]!]);

  const inTown = largestPart(
    sites.map((site) => shape.contains(site)),
    delaunay,
  );
  // Only a pair of cells beside a line can have it between them.
  const banks = lines.map((line) => {
    const near = new NearLines([line]);
    return sites.map((site) => near.nearest(site, 150)?.left);
  });
  const borders: CellBorder[] = [];
  const neighbours: Cells['neighbours'] = sites.map(() => []);
  delaunay.halfedges.forEach((opposite, edge) => {
    if (opposite < edge) return;
    const right = delaunay.triangles[edge]!;
    const left = delaunay.triangles[edge % 3 === 2 ? edge - 2 : edge + 1]!;
    const ends = orient(corners, sites[left]!, Math.floor(edge / 3), Math.floor(opposite / 3));
    borders.push({ left, right, ...ends });
    if (!inTown[left] || !inTown[right]) return;
    let cost = gap(sites[left]!, sites[right]!);
    // Hard to cross the river, less so a main road: areas grow up to them first.
    banks.forEach((bank, line) => {
      if (bank[left] === undefined || bank[right] === undefined) return;
      if (bank[left] !== bank[right]) cost += line === 0 ? 900 : 160;
    });
    neighbours[left]!.push({ cell: right, cost });
    neighbours[right]!.push({ cell: left, cost });
  });
  return { sites, inTown, corners, borders, neighbours, cellAt: ([x, y]) => delaunay.find(x, y) };
}

/** Puts the ends of a border so that `leftSite` is to its left. */
function orient(corners: readonly Xy[], leftSite: Xy, a: number, b: number) {
  const [ax, ay] = corners[a]!;
  const [bx, by] = corners[b]!;
  const turn = (bx - ax) * (leftSite[1] - ay) - (by - ay) * (leftSite[0] - ax);
  return turn > 0 ? { from: a, to: b } : { from: b, to: a };
}

/** Keeps the largest connected part of the chosen cells, and takes in whatever it encloses. */
function largestPart(chosen: boolean[], delaunay: Delaunay<unknown>): boolean[] {
  const largest = parts(chosen, delaunay).reduce((a, b) => (a.length >= b.length ? a : b), []);
  const kept = chosen.map(() => false);
  for (const cell of largest) kept[cell] = true;
  const outside = parts(
    kept.map((inside) => !inside),
    delaunay,
  );
  const around = new Set(outside.reduce((a, b) => (a.length >= b.length ? a : b), []));
  return kept.map((_, cell) => !around.has(cell));
}

function parts(chosen: readonly boolean[], delaunay: Delaunay<unknown>): number[][] {
  const seen = new Set<number>();
  const found: number[][] = [];
  chosen.forEach((isChosen, start) => {
    if (!isChosen || seen.has(start)) return;
    const part = [start];
    seen.add(start);
    for (const cell of part) {
      for (const next of delaunay.neighbors(cell)) {
        if (!chosen[next] || seen.has(next)) continue;
        seen.add(next);
        part.push(next);
      }
    }
    found.push(part);
  });
  return found;
}
