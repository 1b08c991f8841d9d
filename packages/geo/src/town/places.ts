import { rng } from '../rng.ts';
import { along } from './curve.ts';
import { villageNames } from './names.ts';
import { gap, toLonLat, type Xy } from './plane.ts';
import type { PlaneRoad } from './roads.ts';
import type { Landmark } from './seat.ts';
import type { TownShape } from './shape.ts';
import type { DemoPlace } from './types.ts';
import type { TownWater } from './water.ts';

/** Places with names: the seat's, each village's own, and stops of the town's bus. */
export function makePlaces(
  seed: number,
  shape: TownShape,
  water: TownWater,
  landmarks: readonly Landmark[],
  centres: readonly Xy[],
  roads: readonly PlaneRoad[],
): DemoPlace[] {
  const random = rng(seed);
  const places: { kind: DemoPlace['kind']; name: string; at: Xy }[] = [...landmarks];
  centres.forEach(([x, y], village) => {
    const name = villageNames[village]!;
    places.push({ kind: 'village-committee', name: `${name}村民委员会`.replace('村村', '村'), at: [x + 14, y + 18] });
    if (village < 2) return;
    places.push({ kind: 'clinic', name: `${name}卫生室`, at: [x - 42, y - 24] });
    if (random() < 0.4) places.push({ kind: 'school', name: `${name}小学`, at: [x + 70, y - 46] });
    if (random() < 0.6) places.push({ kind: 'square', name: `${name}文化广场`, at: [x - 30, y + 52] });
  });
  const stops: Xy[] = [];
  for (const road of roads) {
    if (road.kind === 'lane') continue;
    for (const { at } of along(road.line, 420)) {
      const taken = stops.some((stop) => gap(stop, at) < 380);
      if (taken || !shape.contains([at[0] * 1.04, at[1] * 1.04]) || water.wet(at, 25)) continue;
      stops.push(at);
      const nearest = centres.reduce((a, b) => (gap(a, at) <= gap(b, at) ? a : b));
      const village = villageNames[centres.indexOf(nearest)]!.slice(0, 2);
      const number = stops.filter((stop) => nearestOf(centres, stop) === nearest).length;
      places.push({ kind: 'bus-stop', name: `${village}${number}站`, at });
    }
  }
  return places.map(({ kind, name, at }) => ({ kind, name, position: toLonLat(at) }));
}

function nearestOf(centres: readonly Xy[], at: Xy): Xy {
  return centres.reduce((a, b) => (gap(a, at) <= gap(b, at) ? a : b));
}
