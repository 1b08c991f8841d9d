import { metresPerDegree } from '../metres.ts';
import type { VertexTable } from '../check/vertex-table.ts';

/** Distances in metres between vertices of a lattice. */
export class PlaneMetric {
  readonly #vertices: VertexTable;
  /** Metres per lattice step, east and north. */
  readonly east: number;
  readonly north: number;

  /**
   * @param lat the latitude nearest to the equator: steps east are longest there, so that no real distance is
   * larger than the one computed
   */
  constructor(vertices: VertexTable, lat: number, pointsPerDegree: number) {
    const scale = metresPerDegree(lat);
    this.#vertices = vertices;
    this.east = scale.lon / pointsPerDegree;
    this.north = scale.lat / pointsPerDegree;
  }

  distance(a: number, b: number): number {
    const { x, y } = this.#vertices;
    return Math.hypot((x[a]! - x[b]!) * this.east, (y[a]! - y[b]!) * this.north);
  }

  /** Distance from `p` to the segment `a`–`b`, and how far along it the nearest point is (0 … 1). */
  toSegment(p: number, a: number, b: number): { metres: number; along: number } {
    const { x, y } = this.#vertices;
    return this.pointToSegment(x[p]!, y[p]!, a, b);
  }

  /** The same for any point of the lattice plane. */
  pointToSegment(px: number, py: number, a: number, b: number): { metres: number; along: number } {
    const { x, y } = this.#vertices;
    const dx = (x[b]! - x[a]!) * this.east;
    const dy = (y[b]! - y[a]!) * this.north;
    const ax = (px - x[a]!) * this.east;
    const ay = (py - y[a]!) * this.north;
    const length2 = dx * dx + dy * dy;
    const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, (ax * dx + ay * dy) / length2));
    return { metres: Math.hypot(ax - along * dx, ay - along * dy), along };
  }
}
