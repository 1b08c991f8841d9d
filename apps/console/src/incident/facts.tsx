import { incidentSources, type Incident } from '@wangge/incidents/contract';
import { incidentTexts } from '@wangge/texts/console';
import { formatTime, usePick, useTexts } from '@wangge/ui';
import { useAreas } from '@wangge/ui/map';
import type { ReactNode } from 'react';
import { areaTrail } from '../common/area-tree.ts';
import { useCategories } from '../common/use-categories.ts';
import { Reporter } from './reporter.tsx';

/** What is known, as label and value. */
export function Facts({ incident, onOpen }: { incident: Incident; onOpen: (id: string) => void }) {
  const t = useTexts(incidentTexts).facts;
  const pick = usePick();
  const { nameOf, byCode } = useCategories();
  const { byId } = useAreas();
  const category = byCode.get(incident.categoryCode);
  const parent = category?.parentCode ? `${nameOf(category.parentCode)} / ` : '';
  const area = incident.areaId === null ? undefined : byId.get(incident.areaId);
  const moved = incident.reportedAreaId !== incident.areaId && incident.reportedAreaName !== null;
  const rating = incident.rating;
  const said = (each: NonNullable<Incident['rating']>): string =>
    [each.resolved ? t.resolved : t.unresolved, t.score(each.response, each.satisfied), each.text]
      .filter((part) => part !== null && part !== '')
      .join(' · ');
  const rows: readonly (readonly [string, ReactNode] | null)[] = [
    [t.category, `${parent}${nameOf(incident.categoryCode)}`],
    [
      t.area,
      <>
        {area ? areaTrail(area, byId) : (incident.areaName ?? '–')}
        {moved ? <em> · {t.areaMoved(incident.reportedAreaName ?? '')}</em> : null}
      </>,
    ],
    [
      t.place,
      incident.address ?? (incident.place ? `${incident.place.lon.toFixed(5)}, ${incident.place.lat.toFixed(5)}` : '–'),
    ],
    [t.source, pick(incidentSources[incident.source])],
    [t.reporter, <Reporter key={incident.id} incident={incident} />],
    [t.reported, formatTime(incident.reportedAtMs)],
    incident.deadlineMs === null ? null : [t.deadline, formatTime(incident.deadlineMs)],
    incident.closedAtMs === null ? null : [t.closed, formatTime(incident.closedAtMs)],
    incident.mergedInto === null
      ? null
      : [
          t.merged,
          <button
            key="merged"
            type="button"
            className="plain-button"
            onClick={() => onOpen(incident.mergedInto ?? incident.id)}
          >
            {incident.mergedInto.slice(0, 8)}
          </button>,
        ],
    rating ? [t.rating, said(rating)] : null,
    ...(incident.formerRatings ?? []).map(
      (each) => [t.formerRating, `${formatTime(each.atMs)} · ${said(each)}`] as const,
    ),
  ];
  return (
    <dl className="facts">
      {rows.map((row) =>
        row ? (
          <div key={`${row[0]} ${typeof row[1] === 'string' ? row[1] : ''}`}>
            <dt>{row[0]}</dt>
            <dd>{row[1]}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
