import { between, rng, type Rng } from '../rng.ts';
import { along } from './curve.ts';
import { NearLines } from './near-lines.ts';
import { gap, place, type Xy } from './plane.ts';
import type { PlaneRoad } from './roads.ts';
import type { Seat } from './seat.ts';
import type { Hamlet } from './settlements.ts';
import type { TownShape } from './shape.ts';
import type { TownWater } from './water.ts';

export type PlaneBuilding = {
  kind: 'house' | 'flats' | 'public' | 'works';
  middle: Xy;
  ring: Xy[];
  households: number;
};

/** Room kept between the middle of a road and a house, metres. */
const roadMargin = { main: 17, village: 11, lane: 9 } as const;

/** All buildings of the town, none in the water, on a road or inside another. */
export function makeBuildings(
  seed: number,
  shape: TownShape,
  water: TownWater,
  roads: readonly PlaneRoad[],
  hamlets: readonly Hamlet[],
  seat: Seat,
): PlaneBuilding[] {
  const random = rng(seed);
  const site = new Site(shape, water, roads);
  for (const plot of seat.plots) {
    site.add(plot.kind, plot.middle, plot.size, plot.angle, householdsIn(random, plot.kind));
  }
  for (const hamlet of hamlets) fillHamlet(random, site, hamlet);
  for (const road of roads) {
    if (road.kind !== 'lane') lineRoad(random, site, road, hamlets);
  }
  return site.buildings;
}

function householdsIn(random: Rng, kind: PlaneBuilding['kind']): number {
  if (kind === 'flats') return Math.round(between(random, 10, 20));
  if (kind === 'house') return Math.round(between(random, 1, 4.6));
  return 0;
}

function fillHamlet(random: Rng, site: Site, hamlet: Hamlet): void {
  const [halfAlong, halfAcross] = hamlet.half;
  for (let y = -halfAcross; y <= halfAcross; y += 31) {
    // Rows end unevenly and have gaps: yards, threshing floors, vegetable plots.
    for (let x = -halfAlong; x <= halfAlong; x += 19) {
      const inside = (x / halfAlong) ** 2 + (y / halfAcross) ** 2;
      if (inside > between(random, 0.65, 1.15) || random() < 0.3) continue;
      const at = place([x + between(random, -1.5, 1.5), y + between(random, -3, 3)], hamlet.angle, hamlet.middle);
      const angle = hamlet.angle + between(random, -0.05, 0.05);
      site.add('house', at, houseSize(random), angle, householdsIn(random, 'house'));
    }
  }
}

/** Scattered houses that face a road, denser near hamlets. */
function lineRoad(random: Rng, site: Site, road: PlaneRoad, hamlets: readonly Hamlet[]): void {
  for (const { at, direction } of along(road.line, 17)) {
    const far = Math.min(...hamlets.map((hamlet) => gap(hamlet.middle, at) - hamlet.half[0]));
    const chance = far < 250 ? 0.2 : 0.02;
    for (const side of [-1, 1]) {
      if (random() > chance) continue;
      const off = side * (roadMargin[road.kind] + between(random, 3, 10));
      const middle: Xy = [at[0] - direction[1] * off, at[1] + direction[0] * off];
      const angle = Math.atan2(direction[1], direction[0]);
      site.add('house', middle, houseSize(random), angle, householdsIn(random, 'house'));
    }
  }
}

function houseSize(random: Rng): Xy {
  return [between(random, 9, 13), between(random, 8, 12)];
}

/** Keeps what is built so far and refuses places that are taken. */
class Site {
  readonly buildings: PlaneBuilding[] = [];
  readonly #shape: TownShape;
  readonly #water: TownWater;
  readonly #roads: { margin: number; lines: NearLines }[];
  /** Built circles by 100 m square. */
  readonly #squares = new Map<string, { middle: Xy; radius: number }[]>();

  constructor(shape: TownShape, water: TownWater, roads: readonly PlaneRoad[]) {
    this.#shape = shape;
    this.#water = water;
    this.#roads = (['main', 'village', 'lane'] as const).map((kind) => ({
      margin: roadMargin[kind] - 6,
      lines: new NearLines(roads.filter((road) => road.kind === kind).map((road) => road.line)),
    }));
  }

  add(kind: PlaneBuilding['kind'], middle: Xy, size: Xy, angle: number, households: number): boolean {
    const radius = (Math.min(...size) + Math.hypot(...size)) / 4;
    if (!this.#shape.contains([middle[0] * 1.01, middle[1] * 1.01])) return false;
    if (this.#taken(middle, radius) || this.#water.wet(middle, radius + 4)) return false;
    const reach = Math.min(...size) / 2;
    if (this.#roads.some(({ margin, lines }) => lines.nearest(middle, margin + reach))) return false;
    const [x, y] = [size[0] / 2, size[1] / 2];
    const corners: Xy[] = [
      [-x, -y],
      [x, -y],
      [x, y],
      [-x, y],
      [-x, -y],
    ];
    const ring = corners.map((corner) => place(corner, angle, middle));
    this.buildings.push({ kind, middle, ring, households });
    this.#squareAt(middle).push({ middle, radius });
    return true;
  }

  #taken(middle: Xy, radius: number): boolean {
    for (const dx of [-100, 0, 100]) {
      for (const dy of [-100, 0, 100]) {
        for (const other of this.#squareAt([middle[0] + dx, middle[1] + dy])) {
          if (gap(other.middle, middle) < other.radius + radius) return true;
        }
      }
    }
    return false;
  }

  #squareAt([x, y]: Xy): { middle: Xy; radius: number }[] {
    const key = `${Math.floor(x / 100)} ${Math.floor(y / 100)}`;
    let square = this.#squares.get(key);
    if (!square) {
      square = [];
      this.#squares.set(key, square);
    }
    return square;
  }
}
