export {
  coordinateSystems,
  positionFromWgs84,
  positionToWgs84,
  toWgs84,
  type CoordinateSystem,
} from './coordinates.ts';
export { readGeoJson } from './read-geojson.ts';
export { readShapefile, type ShapefileParts } from './read-shapefile.ts';
export {
  toAreas,
  type ImportedArea,
  type ImportOptions,
  type ImportProblem,
  type ImportProblemKind,
} from './to-areas.ts';
export { FormatError, type RawFeature } from './types.ts';
