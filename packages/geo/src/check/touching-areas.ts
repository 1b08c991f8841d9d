import Flatbush from 'flatbush';
import type { Borders } from './borders.ts';
import type { Faces } from './faces.ts';
import type { Lattice } from './lattice.ts';

/** Numbers of the areas whose bounds meet those of one of the faces. */
export function touchingAreas(
  lattice: Lattice,
  borders: Borders,
  areaCount: number,
  faces: Faces,
  wanted: readonly number[],
): number[] {
  const { x, y } = lattice.vertices;
  const tree = new Flatbush(areaCount);
  for (let area = 0; area < areaCount; area++) {
    // An area that vanished on the lattice gets an impossible box and is never found.
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = borders.start[area]!; i < borders.start[area + 1]!; i++) {
      const vertex = borders.from[i]!;
      west = Math.min(west, x[vertex]!);
      east = Math.max(east, x[vertex]!);
      south = Math.min(south, y[vertex]!);
      north = Math.max(north, y[vertex]!);
    }
    tree.add(west, south, east, north);
  }
  tree.finish();
  const found = new Set<number>();
  for (const face of wanted) {
    const ring = faces.rings[face]![0]!;
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const vertex of ring) {
      west = Math.min(west, x[vertex]!);
      east = Math.max(east, x[vertex]!);
      south = Math.min(south, y[vertex]!);
      north = Math.max(north, y[vertex]!);
    }
    tree.search(west, south, east, north, (area) => {
      found.add(area);
      return false;
    });
  }
  return [...found].toSorted((a, b) => a - b);
}
