import type { Area, LonLat, Polygons } from '../types.ts';
import { VertexTable } from './vertex-table.ts';

/**
 * A closed ring as vertex numbers: the first is not repeated at the end, no vertex follows itself. The land is to
 * its left: outer rings run counter-clockwise, interior rings clockwise.
 */
export type LatticeRing = readonly number[];

/** Shapes on a lattice of whole numbers, where every question about turns and equality has an exact answer. */
export class Lattice {
  readonly vertices = new VertexTable();
  readonly #pointsPerDegree: number;
  readonly #west: number;
  readonly #south: number;

  /**
   * @param origin south-western corner of everything, so that the numbers stay small
   * @param pointsPerDegree at most 1e12: then differences within a region are exact doubles
   */
  constructor(origin: LonLat, pointsPerDegree: number) {
    this.#pointsPerDegree = pointsPerDegree;
    this.#west = Math.floor(origin[0] * pointsPerDegree);
    this.#south = Math.floor(origin[1] * pointsPerDegree);
  }

  /** The position of a vertex in degrees. */
  position(vertex: number): LonLat {
    return this.positionOf(this.vertices.x[vertex]!, this.vertices.y[vertex]!);
  }

  /** The position of any point of the lattice in degrees. */
  positionOf(x: number, y: number): LonLat {
    return [(x + this.#west) / this.#pointsPerDegree, (y + this.#south) / this.#pointsPerDegree];
  }

  /** A ring of vertices as a closed ring of positions. */
  ringOf(vertices: readonly number[]): LonLat[] {
    const ring = vertices.map((vertex) => this.position(vertex));
    return [...ring, ring[0]!];
  }

  /** Rounds polygons to the lattice. Rings with fewer than three different vertices vanish. */
  ringsOf(polygons: Polygons): LatticeRing[] {
    const rings: LatticeRing[] = [];
    for (const polygon of polygons) {
      for (const [i, ring] of polygon.entries()) {
        const ids: number[] = [];
        for (const position of ring) {
          const x = Math.round(position[0] * this.#pointsPerDegree) - this.#west;
          const y = Math.round(position[1] * this.#pointsPerDegree) - this.#south;
          const id = this.vertices.idOf(x, y);
          if (ids[ids.length - 1] !== id) ids.push(id);
        }
        while (ids.length > 1 && ids[0] === ids[ids.length - 1]) ids.pop();
        if (ids.length < 3) continue;
        const clockwise = this.#doubleArea(ids) < 0;
        if (clockwise === (i === 0)) ids.reverse();
        rings.push(ids);
      }
    }
    return rings;
  }

  #doubleArea(ids: readonly number[]): number {
    const { x, y } = this.vertices;
    const x0 = x[ids[0]!]!;
    const y0 = y[ids[0]!]!;
    let sum = 0;
    for (let i = 2; i < ids.length; i++) {
      const a = ids[i - 1]!;
      const b = ids[i]!;
      sum += (x[a]! - x0) * (y[b]! - y0) - (x[b]! - x0) * (y[a]! - y0);
    }
    return sum;
  }
}

/** South-western corner of all areas; of no areas at all, zero. */
export function originOf(areas: readonly Area[], more: Polygons = []): LonLat {
  let west = Infinity;
  let south = Infinity;
  const see = (polygons: Polygons) => {
    for (const polygon of polygons) {
      for (const position of polygon[0] ?? []) {
        if (position[0] < west) west = position[0];
        if (position[1] < south) south = position[1];
      }
    }
  };
  for (const area of areas) see(area.polygons);
  see(more);
  return Number.isFinite(west) ? [west, south] : [0, 0];
}
