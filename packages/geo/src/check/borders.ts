import type { Area, Polygons } from '../types.ts';
import type { Lattice, LatticeRing } from './lattice.ts';
import { selfMeetings } from './self-meetings.ts';
import { surelySimple } from './surely-simple.ts';
import type { SelfIntersection } from './types.ts';
import { untangle } from './untangle.ts';

/** The borders of all areas as directed edges with the area's land on their left. */
export type Borders = {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Number of the area that an edge belongs to. */
  readonly area: Int32Array;
  /** Edges of area `i` are `start[i] … start[i + 1]`. */
  readonly start: Int32Array;
  readonly selfIntersections: readonly SelfIntersection[];
};

/** Lays out the borders of all areas; those that meet themselves are reported and untangled. */
export function makeBorders(lattice: Lattice, areas: readonly Area[]): Borders {
  const from: number[] = [];
  const to: number[] = [];
  const owner: number[] = [];
  const start = new Int32Array(areas.length + 1);
  const selfIntersections: SelfIntersection[] = [];
  areas.forEach((area, number) => {
    const border = borderOf(lattice, area.polygons);
    for (let i = 0; i < border.from.length; i++) {
      from.push(border.from[i]!);
      to.push(border.to[i]!);
      owner.push(number);
    }
    start[number + 1] = from.length;
    for (const found of border.selfIntersections) {
      selfIntersections.push({ areas: [area.code], ...found });
    }
  });
  return {
    from: Int32Array.from(from),
    to: Int32Array.from(to),
    area: Int32Array.from(owner),
    start,
    selfIntersections,
  };
}

/** One area's border; `selfIntersections` name no area yet. */
export function borderOf(lattice: Lattice, polygons: Polygons) {
  const rings = lattice.ringsOf(polygons);
  if (rings.length === 1 && surelySimple(lattice.vertices, rings[0]!)) {
    return { ...edgesOf(rings), selfIntersections: [] };
  }
  const meetings = selfMeetings(lattice.vertices, rings);
  if (rings.length <= 1 && meetings.length === 0) {
    return { ...edgesOf(rings), selfIntersections: [] };
  }
  const { from, to, unclearM2 } = untangle(lattice, rings);
  const selfIntersections: Omit<SelfIntersection, 'areas'>[] = meetings.map(({ kind, x, y }, i) => ({
    kind,
    position: lattice.positionOf(x, y),
    // The land is the area's, not the place's: it is told once.
    areaM2: i === 0 ? unclearM2 : 0,
  }));
  if (meetings.length === 0 && unclearM2 > 0) {
    const position = lattice.position(rings[1]![0]!);
    selfIntersections.push({ kind: 'nesting', position, areaM2: unclearM2 });
  }
  return { from, to, selfIntersections };
}

function edgesOf(rings: readonly LatticeRing[]): { from: number[]; to: number[] } {
  const from: number[] = [];
  const to: number[] = [];
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i++) {
      from.push(ring[i]!);
      to.push(ring[i + 1 === ring.length ? 0 : i + 1]!);
    }
  }
  return { from, to };
}
