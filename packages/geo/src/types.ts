/** WGS 84 position in degrees: `[longitude, latitude]`, the order of GeoJSON (RFC 7946, 3.1.1). */
export type LonLat = readonly [lon: number, lat: number];

/** A closed ring: first and last position are equal, at least four positions (RFC 7946, 3.1.6). */
export type Ring = readonly LonLat[];

/** One polygon: the outer ring first, then its interior rings. */
export type Polygon = readonly Ring[];

/** The shape of an area: the coordinates of a GeoJSON `MultiPolygon`. One polygon is a list of one. */
export type Polygons = readonly Polygon[];

/** An area as the pure functions of this package see it. `code` is unique within one level. */
export type Area = {
  readonly code: string;
  readonly polygons: Polygons;
};

/** Levels of the administrative tree, from the top down. */
export const areaLevels = ['county', 'town', 'village', 'grid', 'micro-grid'] as const;
export type AreaLevel = (typeof areaLevels)[number];

/** Bounds in degrees: `[west, south, east, north]` (RFC 7946, 5). */
export type Bounds = readonly [west: number, south: number, east: number, north: number];
