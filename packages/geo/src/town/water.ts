import { between, rng, type Rng } from '../rng.ts';
import { band, blob, smooth } from './curve.ts';
import { NearLines } from './near-lines.ts';
import { inRing, type Xy } from './plane.ts';
import type { TownShape } from './shape.ts';

export type TownWater = {
  /** Middle line of the river, from west to east, beyond the town on both sides. */
  river: Xy[];
  riverRing: Xy[];
  brook: Xy[];
  brookRing: Xy[];
  reservoir: Xy[];
  ponds: Xy[][];
  /** Whether a place is in the water or closer to it than `margin` metres. */
  wet(point: Xy, margin: number): boolean;
};

/** River through the middle, a reservoir in the hills of the north-east, a brook from one to the other. */
export function makeWater(seed: number, shape: TownShape): TownWater {
  const random = rng(seed);
  const river = makeRiver(random);
  const riverRing = band(river, (i) => 26 + 7 * Math.sin(i / 9));
  const reservoir = makeReservoir(random);
  const lowest = reservoir.reduce((low, point) => (point[1] < low[1] ? point : low));
  const dam: Xy = [lowest[0], lowest[1] + 20];
  const mouth = river.find(([x]) => x > dam[0] + 500)!;
  const brook = makeBrook(random, dam, mouth);
  const brookRing = band(brook, () => 6);
  const shores: NearLines[] = [new NearLines([riverRing, brookRing, reservoir])];
  const rings: Xy[][] = [riverRing, brookRing, reservoir];
  const wet = (point: Xy, margin: number): boolean =>
    shores.some((shore) => shore.nearest(point, margin)) || rings.some((ring) => inRing(ring, point));

  const ponds: Xy[][] = [];
  for (let tries = 0; ponds.length < 40 && tries < 2000; tries++) {
    const at: Xy = [between(random, -5200, 5200), between(random, -4200, 4200)];
    if (!shape.contains(at) || wet(at, 110)) continue;
    const pond = blob(random, at, between(random, 14, 46), 0.22);
    ponds.push(pond);
    rings.push(pond);
    shores.push(new NearLines([pond]));
  }
  return { river, riverRing, brook, brookRing, reservoir, ponds, wet };
}

function makeRiver(random: Rng): Xy[] {
  const wide = between(random, 0, 2 * Math.PI);
  const tight = between(random, 0, 2 * Math.PI);
  const height = (x: number) =>
    560 * Math.sin(x / 2300 + wide) +
    260 * Math.sin(x / 640 + tight) +
    95 * Math.sin(x / 245 + wide) +
    25 * Math.sin(x / 110);
  const middle = height(0);
  const line: Xy[] = [];
  for (let x = -6600; x <= 6600; x += 100) {
    // A meander leans forward: the sideways push makes the bends uneven.
    line.push([x + 120 * Math.sin(x / 320 + tight), height(x) - middle - 120]);
  }
  return smooth(line, 2);
}

function makeReservoir(random: Rng): Xy[] {
  const body = blob(random, [2550, 2250], 560, 0.34);
  return body.map(([x, y]) => [2550 + (x - 2550) * 1.15, 2250 + (y - 2250) * 0.95]);
}

function makeBrook(random: Rng, from: Xy, to: Xy): Xy[] {
  const line: Xy[] = [];
  const steps = 14;
  for (let i = 0; i <= steps; i++) {
    const t = i / steps;
    const swing = Math.sin(Math.PI * t) * between(random, -75, 75);
    line.push([from[0] + (to[0] - from[0]) * t + swing, from[1] + (to[1] - from[1]) * t + swing / 3]);
  }
  return smooth(line, 3);
}
