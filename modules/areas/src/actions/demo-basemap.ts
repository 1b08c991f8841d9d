import { type LonLat, type Polygon, toQuanta } from '@wangge/geo';
import type { DemoTown } from '@wangge/geo/town';
import type { BasemapFeature } from '../store/basemap.ts';

/** The demo town's water, roads, buildings and places as features of the background map, drawn in this order. */
export function demoBasemap(town: DemoTown): BasemapFeature[] {
  return [
    ...town.water.flatMap((water) =>
      water.polygons.map((polygon) => ({
        kind: water.kind === 'river' ? ('river' as const) : ('water' as const),
        name: water.name || null,
        lines: polygonLines(polygon),
      })),
    ),
    ...town.buildings.map((building) => ({ kind: 'building' as const, name: null, lines: [flat(building.outline)] })),
    ...town.roads.map((road) => ({
      kind: road.kind === 'main' ? ('road-main' as const) : ('road' as const),
      name: road.name || null,
      lines: [flat(road.line)],
    })),
    ...town.places.map((place) => ({ kind: 'poi' as const, name: place.name, lines: [flat([place.position])] })),
  ];
}

function polygonLines(polygon: Polygon): number[][] {
  return polygon.map(flat);
}

function flat(line: readonly LonLat[]): number[] {
  return line.flatMap(([lon, lat]) => [toQuanta(lon), toQuanta(lat)]);
}
