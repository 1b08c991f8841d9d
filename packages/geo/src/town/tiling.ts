import { Delaunay } from 'd3-delaunay';
import { fromQuanta, toQuanta } from '../quantise.ts';
import { rng } from '../rng.ts';
import type { Area, LonLat } from '../types.ts';

/** Side of a cell in degrees: about 450 m, the size of a rural grid. */
const cellSize = 0.0045;

/**
 * `count` areas that tile a region without gap or overlap, with winding shared borders of about 24 vertices
 * per area: for benchmarks and property tests. Codes are `T000001`, … Deterministic for a seed.
 *
 * The areas are Voronoi cells of a jittered lattice. Each border is bent only within the two triangles
 * between it and the sites on its sides, which no other border enters, so borders never cross.
 */
export function tiling(count: number, seed: number): Area[] {
  const random = rng(seed);
  const columns = Math.ceil(Math.sqrt(count));
  const rows = Math.ceil(count / columns);
  const west = 119 - (columns * cellSize) / 2;
  const south = 31.5 - (rows * cellSize) / 2;
  const sites: number[] = [];
  // One ring of cells more on every side: its cells may be unbounded and are dropped.
  for (let row = -1; row <= rows; row++) {
    for (let column = -1; column <= columns; column++) {
      sites.push(west + (column + 0.1 + 0.8 * random()) * cellSize);
      sites.push(south + (row + 0.1 + 0.8 * random()) * cellSize);
    }
  }
  const delaunay = new Delaunay(sites);
  const bent = new Map<number, LonLat[]>();
  const corners = delaunay.voronoi().circumcenters;
  const cell = (site: number): LonLat[] => {
    const ring: LonLat[] = [];
    const start = delaunay.inedges[site]!;
    let edge = start;
    do {
      const outgoing = edge % 3 === 2 ? edge - 2 : edge + 1;
      const opposite = delaunay.halfedges[outgoing]!;
      if (opposite < 0) throw new Error('tiling: an inner cell is not closed');
      ring.push(...border(outgoing, opposite));
      edge = opposite;
    } while (edge !== start);
    const kept = ring.filter((p, i) => {
      const next = ring[(i + 1) % ring.length]!;
      return p[0] !== next[0] || p[1] !== next[1];
    });
    return [...kept, kept[0]!];
  };

  /** The border from the triangle of `edge` to that of `opposite`, without its last position. */
  function border(edge: number, opposite: number): LonLat[] {
    const first = Math.min(edge, opposite);
    let line = bent.get(first);
    if (!line) {
      line = bend(first, Math.max(edge, opposite));
      bent.set(first, line);
    }
    return (edge === first ? line : line.toReversed()).slice(0, -1);
  }

  function bend(edge: number, opposite: number): LonLat[] {
    const a: LonLat = corner(edge);
    const b: LonLat = corner(opposite);
    const site = (half: number): LonLat => {
      const i = 2 * delaunay.triangles[half]!;
      return [sites[i]!, sites[i + 1]!];
    };
    const left = site(edge);
    const right = site(opposite);
    const pull = 0.05 + 0.3 * random();
    const flip = random() < 0.5;
    const line: LonLat[] = [a];
    for (const [t, towards] of [
      [0.25, flip ? left : right],
      [0.5, null],
      [0.75, flip ? right : left],
    ] as const) {
      const x = a[0] + (b[0] - a[0]) * t;
      const y = a[1] + (b[1] - a[1]) * t;
      line.push(towards ? [x + (towards[0] - x) * pull, y + (towards[1] - y) * pull] : [x, y]);
    }
    line.push(b);
    // A border of a metre or less has no room to bend.
    const kept = Math.hypot(b[0] - a[0], b[1] - a[1]) < 1e-5 ? [a, b] : line;
    return kept.map(([x, y]) => [fromQuanta(toQuanta(x)), fromQuanta(toQuanta(y))]);
  }

  function corner(edge: number): LonLat {
    const triangle = Math.floor(edge / 3);
    return [corners[2 * triangle]!, corners[2 * triangle + 1]!];
  }

  return Array.from({ length: count }, (_, i) => {
    const site = (Math.floor(i / columns) + 1) * (columns + 2) + (i % columns) + 1;
    return { code: `T${String(i + 1).padStart(6, '0')}`, polygons: [[cell(site)]] };
  });
}
