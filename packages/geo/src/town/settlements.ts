import { between, rng, wholeBetween, type Rng } from '../rng.ts';
import { nearestOn } from './curve.ts';
import { gap, type Xy } from './plane.ts';
import { dryWay, type PlaneRoad } from './roads.ts';
import type { TownShape } from './shape.ts';
import type { TownWater } from './water.ts';

/** A group of houses: an ellipse whose rows of houses run along `angle`. */
export type Hamlet = {
  village: number;
  middle: Xy;
  /** Half axes in metres, along and across the rows. */
  half: Xy;
  angle: number;
};

/** Number of villages, the first two of which share the town's seat across the river. */
export const villageCount = 12;

/** Where the villages' centres are: two in the seat, the others spread as evenly as chance and water allow. */
export function makeVillageCentres(seed: number, shape: TownShape, water: TownWater): Xy[] {
  const random = rng(seed);
  const centres: Xy[] = [
    [-60, 520],
    [120, -640],
  ];
  // Mitchell's best candidate: of many random places take the one farthest from all others.
  while (centres.length < villageCount) {
    let best: Xy | null = null;
    let farthest = 0;
    for (let tries = 0; tries < 120; tries++) {
      const at: Xy = [between(random, -4600, 4600), between(random, -3500, 3500)];
      // Not at the town's very edge.
      if (!shape.contains([at[0] * 1.22, at[1] * 1.22]) || water.wet(at, 160)) continue;
      const metres = Math.min(...centres.map((centre) => gap(centre, at)));
      if (metres > farthest) {
        farthest = metres;
        best = at;
      }
    }
    if (!best) throw new Error('no place for a village: the water covers the town');
    centres.push(best);
  }
  return centres;
}

/** A main hamlet at each rural centre and some smaller ones around it, with lanes from those to a road. */
export function makeHamlets(
  seed: number,
  centres: readonly Xy[],
  shape: TownShape,
  water: TownWater,
  roads: readonly PlaneRoad[],
): { hamlets: Hamlet[]; lanes: PlaneRoad[] } {
  const random = rng(seed);
  const hamlets: Hamlet[] = [];
  const lanes: PlaneRoad[] = [];
  centres.forEach((centre, village) => {
    const rural = village >= 2;
    if (rural) hamlets.push(hamletAt(random, village, centre, between(random, 150, 210)));
    const wanted = rural ? wholeBetween(random, 5, 7) : 4;
    for (let tries = 0, made = 0; made < wanted && tries < 400; tries++) {
      const angle = between(random, 0, 2 * Math.PI);
      const far = rural ? between(random, 380, 1150) : between(random, 900, 1300);
      const middle: Xy = [centre[0] + far * Math.cos(angle) * 1.25, centre[1] + far * Math.sin(angle)];
      const radius = between(random, 70, 135);
      if (!shape.contains([middle[0] * 1.06, middle[1] * 1.06])) continue;
      if (water.wet(middle, radius * 0.5)) continue;
      if (hamlets.some((other) => gap(other.middle, middle) < radius + other.half[0] + 110)) continue;
      if (centres.slice(0, 2).some((seat) => gap(seat, middle) < 800)) continue;
      hamlets.push(hamletAt(random, village, middle, radius));
      made++;
      const target = roads.map((road) => nearestOn(road.line, middle)).reduce((a, b) => (a.metres < b.metres ? a : b));
      if (target.metres < 40) continue;
      const line = dryWay(random, middle, target.at, water);
      if (line) lanes.push({ kind: 'lane', name: '', line });
    }
  });
  return { hamlets, lanes };
}

function hamletAt(random: Rng, village: number, middle: Xy, radius: number): Hamlet {
  const longer = between(random, 1, 1.5);
  return {
    village,
    middle,
    half: [radius * longer, radius / longer],
    // Houses face south, give or take the lie of the land.
    angle: between(random, -0.3, 0.3),
  };
}
