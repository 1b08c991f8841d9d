export { demoSeed, generateDemoTown } from './generate.ts';
export { randomPlaceIn } from './random-place.ts';
export { tiling } from './tiling.ts';
export type { DemoArea, DemoBuilding, DemoPlace, DemoRoad, DemoTown, DemoWater } from './types.ts';
export { buildingKinds, placeKinds, roadKinds, waterKinds } from './types.ts';
