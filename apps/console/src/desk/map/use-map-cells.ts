import {
  cellsAround,
  cellZooms,
  incidentCells,
  mapIncidents,
  tilesAround,
  type IncidentCell,
} from '@wangge/incidents/contract';
import { useCall, useNow } from '@wangge/ui';
import type { HeatCells, MapPoint, MapSight } from '@wangge/ui/map';
import { useMemo } from 'react';
import { filterQuery, type DeskFilter, type FilterQuery } from '../desk-search.ts';

/** Up to so many in sight, each is a point of its own. */
const mostPoints = 300;
export const heatPeriods = ['7d', '30d', '90d', '365d'] as const;
export type HeatPeriod = (typeof heatPeriods)[number];

const noCells: readonly IncidentCell[] = [];
const noPoints: readonly MapPoint[] = [];

export interface MapContent {
  readonly points: readonly MapPoint[];
  /** Groups; none while there are few enough for points. */
  readonly clusters: readonly IncidentCell[];
  readonly heat: HeatCells | null;
  /** What the list beside the map tells of: groups, or squares of the heat. */
  readonly cells: readonly IncidentCell[];
  readonly total: number;
}

/** The zoom that the server is asked for: cells exist only for those. */
const clampZoom = (zoom: number): number => Math.min(cellZooms.max, Math.max(cellZooms.min, zoom));

/** What the map shows of a filter: points, groups where there are many, or the heat of a period. */
export function useMapCells(
  query: FilterQuery,
  filter: DeskFilter,
  sight: MapSight | null,
  period: HeatPeriod | null,
): MapContent {
  const today = useNow(3_600_000);
  const zoom = clampZoom(sight?.zoom ?? 0);
  const within = useMemo(() => (sight ? tilesAround(sight.box, clampZoom(sight.zoom)).join(',') : ''), [sight]);
  const groups = useCall(
    incidentCells,
    { query: { ...query, open: '1', zoom, within } },
    { enabled: sight !== null && period === null, keepPrevious: true },
  );
  const few = groups.data !== undefined && groups.data.total <= mostPoints && !groups.data.truncated;
  const map = useCall(
    mapIncidents,
    { query: { ...query, within } },
    // Of the part before, that it held few says nothing about this one.
    { enabled: few && period === null && !groups.isPlaceholderData, keepPrevious: true },
  );
  // Squares of half the width show the shape of a village.
  const heatZoom = clampZoom(zoom + 1);
  const heatQuery = useMemo(
    () => filterQuery({ ...filter, scope: filter.scope ?? 'all', range: period ?? '7d' }, today),
    [filter, period, today],
  );
  const heated = useCall(
    incidentCells,
    { query: { ...heatQuery, zoom: heatZoom, within } },
    { enabled: sight !== null && period !== null, keepPrevious: true },
  );
  const heatCells = period === null ? undefined : heated.data?.cells;
  // The answer to another zoom has squares of another size: they are drawn when they fit.
  const heat = useMemo(
    () => (heatCells && !heated.isPlaceholderData ? { cells: heatCells, around: cellsAround(heatZoom) } : null),
    [heatCells, heated.isPlaceholderData, heatZoom],
  );
  if (period !== null)
    return { points: noPoints, clusters: noCells, heat, cells: heatCells ?? noCells, total: heated.data?.total ?? 0 };
  const clusters = few ? noCells : (groups.data?.cells ?? noCells);
  return {
    points: few ? ((map.data?.points as readonly MapPoint[] | undefined) ?? noPoints) : noPoints,
    clusters,
    heat: null,
    cells: clusters,
    total: groups.data?.total ?? 0,
  };
}
