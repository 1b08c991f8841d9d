import { mapIncidents, severities, type IncidentRow } from '@wangge/incidents/contract';
import { roles } from '@wangge/contract-kit';
import { memberPositions } from '@wangge/staff/contract';
import { deskTexts } from '@wangge/texts/console';
import { relativeTime, useCall, useLang, useNow, usePick, useTexts } from '@wangge/ui';
import { TownMap, useTown, type MapHit, type MapPoint } from '@wangge/ui/map';
import { useMemo, useState } from 'react';
import { areaTrail } from '../common/area-tree.ts';
import { incidentStateLabel } from '../common/incident-state-label.ts';
import { useMay } from '../session/me.tsx';
import type { FilterQuery } from './desk-search.ts';
import type { Desk } from './use-desk.ts';

interface Props {
  readonly desk: Desk;
  readonly query: FilterQuery;
  readonly rows: readonly IncidentRow[] | null;
}

/** Open incidents of the same filter, members on duty, areas; a click opens an incident or narrows to an area. */
export function DeskMap({ desk, query, rows }: Props) {
  const t = useTexts(deskTexts).map;
  const pick = usePick();
  const { lang } = useLang();
  const may = useMay();
  const nowMs = useNow(60_000);
  const town = useTown();
  const [offered, setOffered] = useState<string | null>(null);
  const map = useCall(mapIncidents, { query }, { keepPrevious: true });
  const positions = useCall(
    memberPositions,
    {},
    { enabled: may('staff.see-positions'), live: { types: ['staff.position-changed'] } },
  );
  const points = map.data?.points as readonly MapPoint[] | undefined;
  const members = useMemo(
    () => positions.data?.members.map(({ accountId, name, place }) => ({ id: accountId, name, place })) ?? [],
    [positions.data],
  );
  const selected = useMemo(
    () => points?.find((point) => point.id === desk.selectedId) ?? null,
    [points, desk.selectedId],
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
    const point = points?.find((each) => each.id === hit.id);
    const row = rows?.find((each) => each.id === hit.id);
    if (!point) return null;
    const state = incidentStateLabel(row?.state === point.state ? row : point);
    const facts = `${pick(state)} · ${pick(severities[point.severity])}`;
    return row ? `${row.summary}\n${facts}` : facts;
  };
  const onHit = (hit: MapHit | null): void => {
    if (hit?.kind === 'incident') desk.select(hit.id, desk.tab === 'map' ? 'detail' : undefined);
    setOffered(hit?.kind === 'area' && hit.id !== desk.filter.area ? hit.id : null);
  };
  const area = offered === null ? undefined : town.byId.get(offered);
  return (
    <TownMap
      town={town}
      incidents={points ?? []}
      members={members}
      selectedId={desk.selectedId}
      focusAreaId={desk.filter.area ?? null}
      reveal={reveal}
      onHit={onHit}
      describe={describe}
      label={t.label}
      legend
    >
      <div className="map-offers" aria-live="polite">
        {map.data?.truncated ? <span className="map-note">{t.truncated}</span> : null}
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
