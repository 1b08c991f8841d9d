import { between, rng, type Rng } from '../rng.ts';
import { nearestOn, smooth, windingWay } from './curve.ts';
import { gap, inRing, mix, type Xy } from './plane.ts';
import type { TownWater } from './water.ts';

export type PlaneRoad = { kind: 'main' | 'village' | 'lane'; name: string; line: Xy[] };

/** The two main roads: one along the valley, one across the river through the town's seat. */
export function makeMainRoads(seed: number, water: TownWater): PlaneRoad[] {
  const random = rng(seed);
  const valley: Xy[] = [];
  const phase = between(random, 0, 6);
  for (let i = 0; i < water.river.length; i += 8) {
    const [x, y] = water.river[i]!;
    // Follows the river's large bends on its north bank, not the small ones.
    valley.push([x, y * 0.55 + 330 + 110 * Math.sin(x / 1500 + phase)]);
  }
  const crossing: Xy[] = [];
  for (let y = -5600; y <= 5600; y += 400) {
    crossing.push([260 * Math.sin(y / 1900 + phase) - 260 * Math.sin(phase) + y * 0.12, y]);
  }
  return [
    { kind: 'main', name: '河谷大道', line: smooth(valley, 3) },
    { kind: 'main', name: '南北大道', line: smooth(crossing, 3) },
  ];
}

/**
 * Village roads: the shortest net that joins all village centres (Prim), a few further links so that it is
 * not a tree, and the way from each centre to the nearest main road.
 */
export function makeVillageRoads(
  seed: number,
  centres: readonly Xy[],
  names: readonly string[],
  main: readonly PlaneRoad[],
  water: TownWater,
): PlaneRoad[] {
  const random = rng(seed);
  const roads: PlaneRoad[] = [];
  const joined = new Set<string>();
  const join = (a: number, b: number) => {
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    if (a === b || joined.has(key)) return;
    joined.add(key);
    const line = dryWay(random, centres[a]!, centres[b]!, water);
    if (line) roads.push({ kind: 'village', name: `${short(names[a])}${short(names[b])}路`, line });
  };

  const reached = new Set([0]);
  while (reached.size < centres.length) {
    let best = { metres: Infinity, from: 0, to: 0 };
    for (const from of reached) {
      centres.forEach((centre, to) => {
        const metres = gap(centres[from]!, centre);
        if (!reached.has(to) && metres < best.metres) best = { metres, from, to };
      });
    }
    reached.add(best.to);
    join(best.from, best.to);
  }
  centres.forEach((centre, i) => {
    const others = centres.map((other, j) => ({ j, metres: gap(centre, other) }));
    const near = others.toSorted((a, b) => a.metres - b.metres)[2];
    if (near && near.metres < 2600) join(i, near.j);
    const target = main.map((road) => nearestOn(road.line, centre)).reduce((a, b) => (a.metres < b.metres ? a : b));
    if (target.metres < 120) return;
    const line = dryWay(random, centre, target.at, water);
    if (line) roads.push({ kind: 'village', name: `${short(names[i])}连接路`, line });
  });
  return roads;
}

/** A winding way that stays off the reservoir, or null where none of some tries does. */
export function dryWay(random: Rng, a: Xy, b: Xy, water: TownWater): Xy[] | null {
  for (let tries = 0; tries < 12; tries++) {
    const line = windingWay(random, a, b, 0.12 + tries * 0.03);
    const drowned = line.some((point) => [water.reservoir, ...water.ponds].some((ring) => inRing(ring, point)));
    if (!drowned) return line;
  }
  return null;
}

/** The stretches of a street that are on dry land: town streets end at the water, only roads have bridges. */
export function dryStretches(street: PlaneRoad, water: TownWater): PlaneRoad[] {
  const stretches: Xy[][] = [];
  let current: Xy[] | null = null;
  for (let i = 1; i < street.line.length; i++) {
    const a = street.line[i - 1]!;
    const b = street.line[i]!;
    if ([0, 0.25, 0.5, 0.75, 1].some((t) => water.wet(mix(a, b, t), 6))) {
      current = null;
    } else if (current) {
      current.push(b);
    } else {
      current = [a, b];
      stretches.push(current);
    }
  }
  return stretches.map((line) => ({ ...street, line }));
}

/** 石桥村 → 石桥 → 石 for names joined of two. */
function short(name: string | undefined): string {
  return (name ?? '').slice(0, 1);
}
