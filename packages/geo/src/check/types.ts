import type { LonLat, Polygons } from '../types.ts';

/** A piece of land that too many or too few areas claim. */
export type Finding = {
  /** Codes of the areas involved, ascending. */
  readonly areas: readonly string[];
  /** Square metres on the WGS 84 ellipsoid. */
  readonly areaM2: number;
  /** Mean width in metres: twice the area by the perimeter, which is the width of a long thin strip. */
  readonly widthM: number;
  readonly geometry: Polygons;
};

export type Sliver = Finding & { readonly kind: 'gap' | 'overlap' };

export type SelfIntersection = {
  /** The code of the area, as a list of one. */
  readonly areas: readonly string[];
  readonly kind: SelfIntersectionKind;
  /** Where the border meets itself. */
  readonly position: LonLat;
  /** Land of this area whose belonging is unclear because of it; 0 where the border only touches itself. */
  readonly areaM2: number;
};

/**
 * `crossing`: two stretches cross; `touch`: a ring meets itself in a point; `overlay`: stretches run along each other;
 * `nesting`: a whole ring lies on the wrong side of another.
 */
export type SelfIntersectionKind = 'crossing' | 'touch' | 'overlay' | 'nesting';

export type TilingReport = {
  /** Number of areas checked. */
  readonly areas: number;
  /** Land that no area claims, enclosed by two areas or more (or, with an outline, by areas and the outline). */
  readonly gaps: readonly Finding[];
  /** Land that two areas claim, one finding for each pair of areas. */
  readonly overlaps: readonly Finding[];
  /** The connected pieces of those gaps and overlaps that are thinner than the tolerance. */
  readonly slivers: readonly Sliver[];
  readonly selfIntersections: readonly SelfIntersection[];
  /** Areas with the very same land; not repeated under `overlaps`. */
  readonly duplicates: readonly Finding[];
  /** Land that no area claims, enclosed by one single area. */
  readonly holes: readonly Finding[];
  /** Land of areas outside the outline, one finding for each area; empty without an outline. */
  readonly outside: readonly Finding[];
  /** Findings too small to be listed. */
  readonly ignored: { readonly count: number; readonly areaM2: number };
  /** Nothing is listed above. */
  readonly clean: boolean;
  /** Nothing at all was found, listed or ignored: every place belongs to exactly one area. */
  readonly exact: boolean;
};

export type CheckOptions = {
  /** The land that the areas must fill: their parent's polygons. */
  readonly within?: Polygons;
  /** Findings of less are counted and not listed. Default 1 m². */
  readonly minAreaM2?: number;
  /** Pieces of less mean width are slivers. Default 2 m. */
  readonly sliverWidthM?: number;
  /**
   * Lattice that coordinates are rounded to for exact arithmetic, points per degree. The default, 1e11 (a
   * micrometre), holds stored coordinates (1e-7 degree) without rounding.
   */
  readonly pointsPerDegree?: number;
};
