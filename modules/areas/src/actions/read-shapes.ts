import type { RouteOutput } from '@wangge/contract-kit';
import { type AreaTopology, areaPolygons, toQuanta } from '@wangge/geo';
import type { Runtime } from '@wangge/kernel';
import { areaIndex } from '../area-index.ts';
import type { AreaLevel, areaShapes, basemap } from '../contract.ts';
import { basemapFeatures } from '../store/basemap.ts';
import { topologyOf } from '../store/shapes.ts';

/** Shapes of one level of what is in force. */
export async function readShapes(rt: Runtime, level: AreaLevel): Promise<RouteOutput<typeof areaShapes>> {
  const index = areaIndex(rt);
  const { versionId } = index;
  if (versionId === null) return { versionId, shapes: [] };
  const topology = await rt.system('areas', (tx) => topologyOf(tx, versionId));
  const areas = new Map(topology.areas.map((area) => [area.code, area]));
  return {
    versionId,
    shapes: index
      .all()
      .filter((node) => node.level === level)
      .map((node) => ({ areaId: node.id, code: node.code, polygons: flatPolygons(topology.arcs, areas.get(node.id)) })),
  };
}

function flatPolygons(arcs: AreaTopology['arcs'], area: AreaTopology['areas'][number] | undefined): number[][][] {
  if (!area) return [];
  return areaPolygons(arcs, area).map((polygon) =>
    polygon.map((ring) => ring.flatMap(([lon, lat]) => [toQuanta(lon), toQuanta(lat)])),
  );
}

export async function readBasemap(rt: Runtime): Promise<RouteOutput<typeof basemap>> {
  const { versionId } = areaIndex(rt);
  return { versionId, features: await rt.system('areas', basemapFeatures) };
}
