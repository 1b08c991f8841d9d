export { boundsMeet, boundsOf, boundsOfPolygons, emptyBounds, joinBounds } from './bounds.ts';
export { checkTiling } from './check/check-tiling.ts';
export type {
  CheckOptions,
  Finding,
  SelfIntersection,
  SelfIntersectionKind,
  Sliver,
  TilingReport,
} from './check/types.ts';
export { buildAreaIndex, type AreaIndex } from './lookup/area-index.ts';
export { interiorPoint } from './lookup/interior-point.ts';
export type { NearestArea } from './lookup/nearest.ts';
export { areaM2, distanceM, distanceToSegmentM, lengthM, metresPerDegree, ringAreaM2 } from './metres.ts';
export { fromQuanta, quantaPerDegree, quantisePolygons, quantisePosition, toQuanta } from './quantise.ts';
export { between, pick, rng, wholeBetween, type Rng } from './rng.ts';
export { snapAreas, type Moved } from './snap/snap-areas.ts';
export { fromPolygons } from './topology/from-polygons.ts';
export { neighbours } from './topology/neighbours.ts';
export { outlineOf } from './topology/outline.ts';
export { areaPolygons, toPolygons } from './topology/to-polygons.ts';
export type { ArcRef, AreaTopology, TopologyArea } from './topology/types.ts';
export { areaLevels } from './types.ts';
export type { Area, AreaLevel, Bounds, LonLat, Polygon, Polygons, Ring } from './types.ts';
