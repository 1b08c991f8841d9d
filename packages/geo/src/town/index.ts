export type { DemoArea, DemoBuilding, DemoPlace, DemoRoad, DemoTown, DemoWater } from "./types.ts";
export { buildingKinds, placeKinds, roadKinds, waterKinds } from "./types.ts";
