import type { LonLat } from '../types.ts';
import { makeAdministration, townCode } from './administration.ts';
import { makeBuildings } from './buildings.ts';
import { makeCells } from './cells.ts';
import { townName, villageNames } from './names.ts';
import { makePlaces } from './places.ts';
import { toLonLat, townMiddle, type Xy } from './plane.ts';
import { dryStretches, makeMainRoads, makeVillageRoads } from './roads.ts';
import { makeSeat } from './seat.ts';
import { makeHamlets, makeVillageCentres } from './settlements.ts';
import { makeShape } from './shape.ts';
import type { DemoTown } from './types.ts';
import { makeWater } from './water.ts';

/** The seed of the town that is shipped; its figures are asserted in the tests. */
export const demoSeed = 20_261_122;

/**
 * Invents the demo town: 12 villages, 49 grids, 186 micro-grids and about 40,000 people, with the river,
 * reservoir, roads, buildings and places that its map shows. Takes about a second. The county has no land beside its only
 * town, so both have the same outline. Nothing in it is the name of a real place or person.
 *
 * The same seed gives the same town, number for number. A seed that leaves too little dry
 * land throws; the default one is tested.
 */
export function generateDemoTown(seed: number = demoSeed): DemoTown {
  const shape = makeShape(seed + 1);
  const water = makeWater(seed + 2, shape);
  const centres = makeVillageCentres(seed + 3, shape, water);
  const main = makeMainRoads(seed + 4, water);
  const villageRoads = makeVillageRoads(seed + 5, centres, villageNames, main, water);
  const seat = makeSeat(seed + 6, centres[0]!, centres[1]!);
  const { hamlets, lanes } = makeHamlets(seed + 7, centres, shape, water, [...main, ...villageRoads]);
  const streets = seat.streets.flatMap((street) => dryStretches(street, water));
  const roads = [...main, ...villageRoads, ...lanes, ...streets];
  const planned = makeBuildings(seed + 8, shape, water, roads, hamlets, seat);
  const cells = makeCells(seed + 9, shape, water, main, centres.slice(0, 2));

  // A building counts where it stands; one on a cell that fell to the neighbour town is not built.
  const buildings = planned.filter((building) => cells.inTown[cells.cellAt(building.middle)]);
  const households = cells.sites.map(() => 0);
  for (const building of buildings) {
    const cell = cells.cellAt(building.middle);
    households[cell] = (households[cell] ?? 0) + building.households;
  }

  return {
    seed,
    code: townCode,
    name: townName,
    centre: townMiddle,
    areas: makeAdministration(seed + 10, cells, centres, households),
    water: [
      { kind: 'river', name: '清水河', polygons: [[geographic(water.riverRing)]] },
      { kind: 'river', name: '小清溪', polygons: [[geographic(water.brookRing)]] },
      { kind: 'reservoir', name: '镜湖水库', polygons: [[geographic(water.reservoir)]] },
      ...water.ponds.map((pond) => ({
        kind: 'pond' as const,
        name: '',
        polygons: [[geographic(pond)]],
      })),
    ],
    roads: roads.map(({ kind, name, line }) => ({ kind, name, line: geographic(line) })),
    buildings: buildings.map(({ kind, ring }) => ({ kind, outline: geographic(ring) })),
    places: makePlaces(seed + 11, shape, water, seat.landmarks, centres, [...main, ...villageRoads]),
  };
}

function geographic(line: readonly Xy[]): LonLat[] {
  return line.map(toLonLat);
}
