import type { Area, Polygons } from '../types.ts';
import { borderOf, makeBorders, type Borders } from './borders.ts';
import { nameClaimants } from './claimants.ts';
import { countClaims } from './claims.ts';
import { collect, type Piece } from './collect.ts';
import { duplicatePairs } from './duplicates.ts';
import type { Faces } from './faces.ts';
import { Lattice, originOf } from './lattice.ts';
import { NodingError, type Edge } from './noding.ts';
import { touchingAreas } from './touching-areas.ts';
import type { CheckOptions, TilingReport } from './types.ts';
import { unmatchedEdges } from './unmatched.ts';

/**
 * Checks that areas of one level tile their land: every place belongs to one area and to no two.
 *
 * How: (1) each area's own border is tested for meeting itself; (2) shared borders that are equal in both areas cancel
 * out, which leaves the outer border and the faults; (3) along these the plane is cut into faces, and each face knows how
 * many areas claim it, so gaps of any size are seen; (4) only where there are too many, the areas concerned are overlaid. All on
 * a lattice with exact predicates. A tiling without fault costs one pass over its edges.
 *
 * Land is measured on the ellipsoid (see `areaM2`). Never throws for bad shapes; empty areas have no findings.
 */
export function checkTiling(areas: readonly Area[], options: CheckOptions = {}): TilingReport {
  let pointsPerDegree = options.pointsPerDegree ?? 1e11;
  for (;;) {
    try {
      return checkOn(new Lattice(originOf(areas, options.within), pointsPerDegree), areas, options);
    } catch (error) {
      // Not seen with real borders, but rounding may in theory chase its tail. 1e5 is one metre.
      if (!(error instanceof NodingError) || pointsPerDegree < 1e6) throw error;
      pointsPerDegree /= 10;
    }
  }
}

function checkOn(lattice: Lattice, areas: readonly Area[], options: CheckOptions): TilingReport {
  const borders = makeBorders(lattice, areas);
  const unmatched = unmatchedEdges(borders, lattice.vertices.count);
  const outline = options.within ? outlineEdges(lattice, options.within, areas.length + 1) : null;
  const edges = [...unmatched.map((i) => edgeOf(borders, i)), ...(outline ?? [])];
  const { faces, claims, noded } = countClaims(lattice, edges, areas.length + 1);

  const pieces: Piece[] = [];
  const disputed: number[] = [];
  claims.forEach((claim, face) => {
    if (claim.areas > 1 || (outline && claim.areas > 0 && !claim.outline)) disputed.push(face);
    if (face === 0 || claim.areas !== 0 || (outline && !claim.outline)) return;
    const { codes, outlined } = around(faces, face, areas);
    pieces.push({
      kind: codes.length === 1 && !outlined ? 'holes' : 'gaps',
      areas: codes,
      polygon: polygonOf(lattice, faces, face),
    });
  });
  if (disputed.length > 0) {
    pieces.push(...disputes(lattice, areas, borders, faces, disputed, unmatched, noded, outline !== null));
  }

  const found = collect(pieces, options.minAreaM2 ?? 1, options.sliverWidthM ?? 2);
  const { selfIntersections } = borders;
  const listed = [found.gaps, found.holes, found.overlaps, found.outside, found.duplicates];
  const clean = selfIntersections.length === 0 && listed.every((list) => list.length === 0);
  return {
    areas: areas.length,
    ...found,
    selfIntersections,
    clean,
    exact: clean && found.ignored.count === 0,
  };
}

function edgeOf({ from, to, area }: Borders, i: number): Edge {
  return { u: from[i]!, v: to[i]!, uses: [area[i]! + 1] };
}

function outlineEdges(lattice: Lattice, within: Polygons, label: number): Edge[] {
  const { from, to } = borderOf(lattice, within);
  return from.map((u, i) => ({ u, v: to[i]!, uses: [label] }));
}

/** The areas on the other side of an unclaimed face's border, and whether the outline is part of it. */
function around(faces: Faces, face: number, areas: readonly Area[]) {
  const labels = new Set<number>();
  for (const half of faces.halves(face)) {
    for (const use of faces.edges[half >> 1]!.uses) {
      // Land is left of its border, so from an edge that runs with the face, areas beyond it use it backwards.
      if (use > 0 === ((half & 1) === 1)) labels.add(Math.abs(use));
      // The outline has the face on its own side.
      else if (use === areas.length + 1 || use === -areas.length - 1) labels.add(Math.abs(use));
    }
  }
  const outlined = labels.delete(areas.length + 1);
  return { codes: [...labels].map((label) => areas[label - 1]!.code).toSorted(), outlined };
}

function polygonOf(lattice: Lattice, faces: Faces, face: number) {
  return faces.rings[face]!.map((ring) => lattice.ringOf(ring));
}

/** Says who claims the disputed faces: overlays all areas that come near them. */
function disputes(
  lattice: Lattice,
  areas: readonly Area[],
  borders: Borders,
  faces: Faces,
  disputed: readonly number[],
  unmatched: readonly number[],
  noded: readonly Edge[],
  outlined: boolean,
): Piece[] {
  const outlineLabel = areas.length + 1;
  const involved = touchingAreas(lattice, borders, areas.length, faces, disputed);
  const labels = new Set(involved.map((area) => area + 1)).add(outlineLabel);
  // Unmatched edges are cut already; matched ones are only needed of the areas concerned.
  const edges: Edge[] = noded.map(({ u, v, uses }) => ({
    u,
    v,
    uses: uses.filter((use) => labels.has(Math.abs(use))),
  }));
  const isUnmatched = new Set(unmatched);
  for (const area of involved) {
    for (let i = borders.start[area]!; i < borders.start[area + 1]!; i++) {
      if (!isUnmatched.has(i)) edges.push(edgeOf(borders, i));
    }
  }
  const overlay = nameClaimants(
    lattice,
    edges.filter(({ uses }) => uses.length > 0),
  );
  const pieces: Piece[] = [];
  const suspects = new Set(unmatched.map((i) => borders.area[i]!));
  const twins = duplicatePairs(borders, suspects);
  const isTwin = new Set(twins.map((pair) => pair.join(' ')));
  overlay.claimants.forEach((claims, face) => {
    const claiming = claims.filter((label) => label !== outlineLabel).map((label) => label - 1);
    if (face === 0 || claiming.length === 0) return;
    const inside = !outlined || claiming.length < claims.length;
    if (inside && claiming.length === 1) return;
    const polygon = polygonOf(lattice, overlay.faces, face);
    claiming.forEach((a, i) => {
      if (!inside) pieces.push({ kind: 'outside', areas: [areas[a]!.code], polygon });
      for (const b of claiming.slice(i + 1)) {
        if (isTwin.has(`${a} ${b}`)) continue;
        const codes = [areas[a]!.code, areas[b]!.code].toSorted();
        pieces.push({ kind: 'overlaps', areas: codes, polygon });
      }
    });
  });
  for (const [a, b] of twins) {
    const codes = [areas[a]!.code, areas[b]!.code].toSorted();
    for (const polygon of areas[a]!.polygons) {
      pieces.push({ kind: 'duplicates', areas: codes, polygon });
    }
  }
  return pieces;
}
