import type { GeometryCollection } from 'geojson';
import { topology as buildTopology } from 'topojson-server';
import { quantisePolygons, toQuanta } from '../quantise.ts';
import type { Area, Polygons } from '../types.ts';
import type { AreaTopology } from './types.ts';

/**
 * Builds the topology of areas: coordinates are rounded to 1e-7 degree, borders are cut where three
 * areas meet, and each piece is stored once however many areas it bounds.
 *
 * Only equal positions are recognised as shared; a vertex that lies on a neighbour's edge without
 * being a vertex there must be repaired first (`snapAreas`). Rings that vanish in rounding are left out.
 */
export function fromPolygons(areas: readonly Area[]): AreaTopology {
  const shapes: GeometryCollection = {
    type: 'GeometryCollection',
    geometries: areas.map((area) => ({
      type: 'MultiPolygon',
      coordinates: inQuanta(quantisePolygons(area.polygons)),
    })),
  };
  const built = buildTopology({ areas: shapes });
  const collection = built.objects['areas'];
  if (collection?.type !== 'GeometryCollection') throw new Error('unexpected topology');
  return {
    arcs: built.arcs.map((arc) => arc.flatMap(([x, y]) => [x!, y!])),
    areas: collection.geometries.map((geometry, i) => ({
      code: areas[i]!.code,
      // An area whose rings all vanished comes back without arcs.
      polygons: geometry.type === 'MultiPolygon' ? geometry.arcs : [],
    })),
  };
}

function inQuanta(polygons: Polygons): number[][][][] {
  return polygons.map((polygon) => polygon.map((ring) => ring.map(([lon, lat]) => [toQuanta(lon), toQuanta(lat)])));
}
