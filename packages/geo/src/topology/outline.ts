import { mergeArcs } from 'topojson-client';
import type { Polygons } from '../types.ts';
import { areaPolygons } from './to-polygons.ts';
import type { AreaTopology } from './types.ts';

/**
 * Common outline of some areas of a topology (for example the village out of its grids): the arcs that
 * bound exactly one of them. Exact, because nothing is computed: no position is new.
 */
export function outlineOf(topology: AreaTopology, codes: Iterable<string>): Polygons {
  const wanted = new Set(codes);
  const parts = topology.areas.filter((area) => wanted.has(area.code));
  const merged = mergeArcs(
    {
      type: 'Topology',
      objects: {},
      // Only used for the areas of rings, which are read and never written.
      arcs: topology.arcs.map(inPairs),
    },
    parts.map((area) => ({
      type: 'MultiPolygon' as const,
      arcs: area.polygons.map((polygon) => polygon.map((ring) => [...ring])),
    })),
  );
  return areaPolygons(topology.arcs, { code: '', polygons: merged.arcs });
}

function inPairs(flat: readonly number[]): [number, number][] {
  const pairs: [number, number][] = [];
  for (let i = 0; i < flat.length; i += 2) pairs.push([flat[i]!, flat[i + 1]!]);
  return pairs;
}
