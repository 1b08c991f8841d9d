import { areaShapes, basemap, listAreas, type Area, type AreaLevel } from '@wangge/areas/contract';
import { useMemo } from 'react';
import { useCall } from '../data/use-call.ts';
import type { AreaLabel, AreaShape } from './area-layer.ts';
import type { BasemapFeature } from './basemap-layer.ts';

export interface Town {
  readonly areas: readonly Area[];
  readonly byId: ReadonlyMap<string, Area>;
  readonly labels: ReadonlyMap<string, AreaLabel>;
  readonly basemap: readonly BasemapFeature[];
  readonly shapes: Readonly<Partial<Record<AreaLevel, readonly AreaShape[]>>>;
  readonly versionId: string | null;
}

const live = { types: ['areas.changed'] };
const options = { live, freshMs: 3_600_000 };
const none: readonly never[] = [];

/** The tree of areas alone, for pickers and names. */
export function useAreas(): { areas: readonly Area[]; byId: ReadonlyMap<string, Area>; ready: boolean } {
  const tree = useCall(listAreas, {}, options);
  const areas = tree.data?.areas ?? none;
  const byId = useMemo(() => new Map(areas.map((area) => [area.id, area])), [areas]);
  return { areas, byId, ready: tree.data !== undefined };
}

/** Everything the map draws of the town: fetched once, again when areas change. */
export function useTown(): Town {
  const tree = useCall(listAreas, {}, options);
  const background = useCall(basemap, {}, options);
  const town = useCall(areaShapes, { query: { level: 'town' } }, options);
  const village = useCall(areaShapes, { query: { level: 'village' } }, options);
  const grid = useCall(areaShapes, { query: { level: 'grid' } }, options);
  const micro = useCall(areaShapes, { query: { level: 'micro-grid' } }, options);
  const areas = tree.data?.areas ?? none;
  const byId = useMemo(() => new Map(areas.map((area) => [area.id, area])), [areas]);
  return useMemo(
    () => ({
      areas,
      byId,
      labels: byId,
      basemap: background.data?.features ?? none,
      shapes: {
        ...(town.data ? { town: town.data.shapes } : {}),
        ...(village.data ? { village: village.data.shapes } : {}),
        ...(grid.data ? { grid: grid.data.shapes } : {}),
        ...(micro.data ? { 'micro-grid': micro.data.shapes } : {}),
      },
      versionId: tree.data?.versionId ?? null,
    }),
    [areas, byId, background.data, town.data, village.data, grid.data, micro.data, tree.data?.versionId],
  );
}
