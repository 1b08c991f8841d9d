/**
 * Reference to an arc of a topology: `i` follows arc `i` forwards, `~i` (negative) backwards, as in
 * the TopoJSON specification, 2.1.4.
 */
export type ArcRef = number;

/** An area as rings of arcs: polygon > ring > arc references; in each polygon the outer ring first. */
export type TopologyArea = {
  readonly code: string;
  readonly polygons: readonly (readonly (readonly ArcRef[])[])[];
};

/**
 * Areas whose shared borders are stored once. Plain JSON, so it can be kept in a database as a table of
 * arcs and a table of rings. A border can only be moved for both sides at the same time.
 */
export type AreaTopology = {
  /** Each arc: `[lon, lat, lon, lat, …]` in whole quanta of 1e-7 degree. */
  readonly arcs: readonly (readonly number[])[];
  readonly areas: readonly TopologyArea[];
};
