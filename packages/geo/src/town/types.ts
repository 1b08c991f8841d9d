import type { AreaLevel, LonLat, Polygons, Ring } from '../types.ts';

/** One area of the demo town's administrative tree. */
export type DemoArea = {
  readonly code: string;
  readonly level: AreaLevel;
  /** Null for the county only. */
  readonly parentCode: string | null;
  readonly name: string;
  readonly population: number;
  readonly households: number;
  /** Polygons of one level tile their parent's exactly: shared borders have equal positions. */
  readonly polygons: Polygons;
};

export const waterKinds = ['river', 'reservoir', 'pond'] as const;
export const roadKinds = ['main', 'village', 'lane'] as const;
export const buildingKinds = ['house', 'flats', 'public', 'works'] as const;
export const placeKinds = [
  'town-hall',
  'hospital',
  'clinic',
  'school',
  'market',
  'square',
  'bus-stop',
  'village-committee',
  'elderly-home',
  'works',
  'temple',
] as const;

export type DemoWater = {
  readonly kind: (typeof waterKinds)[number];
  readonly name: string;
  readonly polygons: Polygons;
};

export type DemoRoad = {
  readonly kind: (typeof roadKinds)[number];
  readonly name: string;
  readonly line: readonly LonLat[];
};

export type DemoBuilding = {
  readonly kind: (typeof buildingKinds)[number];
  readonly outline: Ring;
};

export type DemoPlace = {
  readonly kind: (typeof placeKinds)[number];
  readonly name: string;
  readonly position: LonLat;
};

/** An invented town with everything that its map shows. The same seed gives the same town. */
export type DemoTown = {
  readonly seed: number;
  readonly code: string;
  readonly name: string;
  readonly centre: LonLat;
  /** County, town, villages, grids and micro-grids, parents before children, codes ascending per level. */
  readonly areas: readonly DemoArea[];
  readonly water: readonly DemoWater[];
  readonly roads: readonly DemoRoad[];
  readonly buildings: readonly DemoBuilding[];
  readonly places: readonly DemoPlace[];
};
