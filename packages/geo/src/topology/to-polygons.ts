import { fromQuanta } from '../quantise.ts';
import type { Area, LonLat } from '../types.ts';
import type { ArcRef, AreaTopology, TopologyArea } from './types.ts';

/** The areas of a topology as polygons, in the order of the topology. Throws when an arc is missing. */
export function toPolygons(topology: AreaTopology): Area[] {
  return topology.areas.map((area) => ({
    code: area.code,
    polygons: areaPolygons(topology.arcs, area),
  }));
}

/** One area's polygons. `arcs` may be any store that answers to an arc's number. */
export function areaPolygons(arcs: AreaTopology['arcs'], area: TopologyArea): LonLat[][][] {
  return area.polygons.map((polygon) => polygon.map((ring) => ringPositions(arcs, ring)));
}

function ringPositions(arcs: AreaTopology['arcs'], ring: readonly ArcRef[]): LonLat[] {
  const positions: LonLat[] = [];
  for (const ref of ring) {
    const forwards = ref >= 0;
    const arc = arcs[forwards ? ref : ~ref];
    if (!arc) throw new Error(`arc ${forwards ? ref : ~ref} is missing from the topology`);
    const count = arc.length / 2;
    // The first position of each further arc is the last of the one before.
    for (let i = positions.length === 0 ? 0 : 1; i < count; i++) {
      const at = 2 * (forwards ? i : count - 1 - i);
      positions.push([fromQuanta(arc[at]!), fromQuanta(arc[at + 1]!)]);
    }
  }
  return positions;
}
