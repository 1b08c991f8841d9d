import { severities, type IncidentCell, type IncidentRow } from '@wangge/incidents/contract';
import { roles } from '@wangge/contract-kit';
import { memberPositions } from '@wangge/staff/contract';
import { deskTexts, mapTexts } from '@wangge/texts/console';
import { relativeTime, useCall, useLang, useNow, usePick, useTexts } from '@wangge/ui';
import { cellId, TownMap, useTown, type MapHit, type MapPoint, type MapSight } from '@wangge/ui/map';
import { useMemo, useState } from 'react';
import { areaTrail } from '../common/area-tree.ts';
import { incidentStateLabel } from '../common/incident-state-label.ts';
import { useRemembered } from '../common/use-remembered.ts';
import { useMay } from '../session/me.tsx';
import type { FilterQuery } from './desk-search.ts';
import { CellList } from './map/cell-list.tsx';
import { HeatLegend, HeatTools } from './map/heat-tools.tsx';
import { heatPeriods, useMapCells } from './map/use-map-cells.ts';
import './map/map.css';
import type { Desk } from './use-desk.ts';

interface Props {
  readonly desk: Desk;
  readonly query: FilterQuery;
  readonly rows: readonly IncidentRow[] | null;
}

const closestZoom = 19;
const noPeriods: readonly (typeof heatPeriods)[number][] = [];

/** What a row of the list knows is enough to show the chosen incident among groups. */
function pointOf(row: IncidentRow | undefined): MapPoint | null {
  if (!row?.place) return null;
  const { id, state, severity, clock } = row;
  return { id, state, severity, clock, lon: row.place.lon, lat: row.place.lat };
}

/**
 * Open incidents of the same filter, as groups where there are many; members on duty, areas; or the heat of a period.
 * A click opens an incident, zooms in on a group or narrows to an area.
 */
export function DeskMap({ desk, query, rows }: Props) {
  const t = useTexts(deskTexts).map;
  const words = useTexts(mapTexts);
  const pick = usePick();
  const { lang } = useLang();
  const may = useMay();
  const nowMs = useNow(60_000);
  const town = useTown();
  const [offered, setOffered] = useState<string | null>(null);
  const [sight, setSight] = useState<MapSight | null>(null);
  const [goTo, setGoTo] = useState<{ lon: number; lat: number; zoom: number } | null>(null);
  const [[period = null], setPeriods] = useRemembered('map-heat', heatPeriods, noPeriods);
  const content = useMapCells(query, desk.filter, sight, period);
  const positions = useCall(
    memberPositions,
    {},
    { enabled: may('staff.see-positions'), live: { types: ['staff.position-changed'] } },
  );
  const members = useMemo(
    () => positions.data?.members.map(({ accountId, name, place }) => ({ id: accountId, name, place })) ?? [],
    [positions.data],
  );
  const selected = useMemo(
    () =>
      content.points.find((point) => point.id === desk.selectedId) ??
      pointOf(rows?.find((row) => row.id === desk.selectedId)),
    [content.points, rows, desk.selectedId],
  );
  // Among groups the chosen one still shows where it is.
  const points = useMemo(
    () => (content.points.length > 0 || !selected ? content.points : [selected]),
    [content.points, selected],
  );
  const { lon, lat, id } = selected ?? {};
  // Made of plain values: the same incident at the same place must not move the map at each live change.
  const reveal = useMemo(() => (lon === undefined || lat === undefined ? null : { lon, lat, of: id }), [lon, lat, id]);
  const describe = (hit: MapHit): string | null => {
    if (hit.kind === 'area') return town.byId.get(hit.id)?.name ?? null;
    if (hit.kind === 'member') {
      const member = positions.data?.members.find((each) => each.accountId === hit.id);
      return member
        ? `${member.name} · ${pick(roles[member.role].label)}\n${t.seen(relativeTime(member.takenAtMs, nowMs, lang))}`
        : null;
    }
    if (hit.kind === 'cell') {
      const cell = content.cells.find((each) => cellId(each) === hit.id);
      const name = cell && cell.areaId !== null ? (town.byId.get(cell.areaId)?.name ?? null) : null;
      if (!cell) return null;
      return [words.near(cell.count, name), ...(cell.overdue > 0 ? [words.overdue(cell.overdue)] : [])].join('\n');
    }
    const point = points.find((each) => each.id === hit.id);
    const row = rows?.find((each) => each.id === hit.id);
    if (!point) return null;
    const state = incidentStateLabel(row?.state === point.state ? row : point);
    const facts = `${pick(state)} · ${pick(severities[point.severity])}`;
    return row ? `${row.summary}\n${facts}` : facts;
  };
  const zoomIn = (cell: IncidentCell): void => {
    setGoTo({ lon: cell.lon, lat: cell.lat, zoom: Math.min(closestZoom, (sight?.zoom ?? 13) + 2) });
    // However near one goes, what lies at one place stays together: its area can be asked for instead.
    setOffered(cell.areaId === desk.filter.area ? null : cell.areaId);
  };
  const onHit = (hit: MapHit | null): void => {
    if (hit?.kind === 'incident') desk.select(hit.id, desk.tab === 'map' ? 'detail' : undefined);
    const cell = hit?.kind === 'cell' ? content.cells.find((each) => cellId(each) === hit.id) : undefined;
    if (cell) return zoomIn(cell);
    setOffered(hit?.kind === 'area' && hit.id !== desk.filter.area ? hit.id : null);
  };
  const area = offered === null ? undefined : town.byId.get(offered);
  return (
    <TownMap
      town={town}
      incidents={points}
      clusters={content.clusters}
      heat={content.heat}
      goTo={goTo}
      onSight={setSight}
      members={members}
      selectedId={desk.selectedId}
      focusAreaId={desk.filter.area ?? null}
      reveal={reveal}
      onHit={onHit}
      describe={describe}
      label={t.label}
      legend
    >
      <div className="map-layers">
        <HeatTools period={period} onPeriod={(next) => setPeriods(next === null ? [] : [next])} />
        <CellList cells={content.cells} total={content.total} town={town} onPick={zoomIn} />
      </div>
      {content.heat ? <HeatLegend heat={content.heat} /> : null}
      <div className="map-offers" aria-live="polite">
        {area ? (
          <button
            type="button"
            className="wg-map-button"
            onClick={() => {
              desk.setFilter({ area: area.id });
              setOffered(null);
            }}
          >
            {t.filterArea(areaTrail(area, town.byId))}
          </button>
        ) : null}
        {desk.filter.area !== undefined ? (
          <button type="button" className="wg-map-button" onClick={() => desk.setFilter({ area: undefined })}>
            {t.showAll}
          </button>
        ) : null}
      </div>
    </TownMap>
  );
}
