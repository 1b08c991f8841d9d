import { buildAreaIndex, type AreaIndex } from '../lookup/area-index.ts';
import { lengthM, metresPerDegree } from '../metres.ts';
import { quantisePosition } from '../quantise.ts';
import { between, pick, type Rng } from '../rng.ts';
import type { LonLat } from '../types.ts';
import type { DemoRoad, DemoTown } from './types.ts';

const prepared = new WeakMap<DemoTown, { index: AreaIndex; roads: readonly DemoRoad[]; ends: number[] }>();

/**
 * A place in the town where something may well happen: beside a building (three of four) or along a road.
 * Always inside the town. The same numbers from `random` give the same place.
 */
export function randomPlaceIn(town: DemoTown, random: Rng): LonLat {
  const { index, roads, ends } = prepare(town);
  for (;;) {
    const place = random() < 0.75 ? besideBuilding(town, random) : alongRoad(roads, ends, random);
    if (index.locate(place[0], place[1]) !== null) return place;
  }
}

function prepare(town: DemoTown) {
  let ready = prepared.get(town);
  if (!ready) {
    let length = 0;
    ready = {
      index: buildAreaIndex(town.areas.filter((area) => area.level === 'town')),
      roads: town.roads,
      ends: town.roads.map((road) => (length += lengthM(road.line))),
    };
    prepared.set(town, ready);
  }
  return ready;
}

function besideBuilding(town: DemoTown, random: Rng): LonLat {
  const { outline } = pick(random, town.buildings);
  const from = Math.floor(random() * (outline.length - 1));
  const a = outline[from]!;
  const b = outline[from + 1]!;
  const scale = metresPerDegree(a[1]);
  const t = random();
  const off = between(random, 2, 8);
  const length = Math.hypot((b[0] - a[0]) * scale.lon, (b[1] - a[1]) * scale.lat) || 1;
  // Outlines turn counter-clockwise, so outside is to the right of each wall.
  const right: LonLat = [((b[1] - a[1]) * scale.lat) / length, (-(b[0] - a[0]) * scale.lon) / length];
  return quantisePosition([
    a[0] + (b[0] - a[0]) * t + (right[0] * off) / scale.lon,
    a[1] + (b[1] - a[1]) * t + (right[1] * off) / scale.lat,
  ]);
}

function alongRoad(roads: readonly DemoRoad[], ends: readonly number[], random: Rng): LonLat {
  const at = random() * ends.at(-1)!;
  const road = roads[ends.findIndex((end) => at < end)]!;
  const segment = Math.floor(random() * (road.line.length - 1));
  const t = random();
  const a = road.line[segment]!;
  const b = road.line[segment + 1]!;
  return quantisePosition([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
}
