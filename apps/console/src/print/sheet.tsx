import type { Order } from '@wangge/dispatch/contract';
import { incidentSources, severities, type Incident } from '@wangge/incidents/contract';
import { exportTexts, incidentTexts } from '@wangge/texts/console';
import { formatExact, OrderStateTag, useActorName, usePick, useTexts } from '@wangge/ui';
import { useAreas } from '@wangge/ui/map';
import { areaTrail } from '../common/area-tree.ts';
import { incidentStateLabel } from '../common/incident-state-label.ts';
import { useCategories } from '../common/use-categories.ts';
import { moveLabel } from '../incident/move-label.ts';
import { PrintPhotos } from './print-photos.tsx';

/** Facts, text, photos, orders and the timeline from the beginning, as a file in a cabinet would have them. */
export function Sheet({ incident, orders }: { incident: Incident; orders: readonly Order[] }) {
  const t = useTexts(exportTexts);
  const words = useTexts(incidentTexts);
  const pick = usePick();
  const actorName = useActorName();
  const { nameOf } = useCategories();
  const { byId } = useAreas();
  const area = incident.areaId === null ? undefined : byId.get(incident.areaId);
  const { place, rating } = incident;
  const said = (each: NonNullable<Incident['rating']>): string =>
    `${each.resolved ? words.facts.resolved : words.facts.unresolved} · ${words.facts.score(each.response, each.satisfied)}`;
  const facts: readonly (readonly [string, string | null])[] = [
    [t.state, pick(incidentStateLabel(incident))],
    [words.facts.category, nameOf(incident.categoryCode)],
    [words.facts.source, `${pick(incidentSources[incident.source])} · ${pick(severities[incident.severity])}`],
    [words.facts.area, area ? areaTrail(area, byId) : incident.areaName],
    [
      words.facts.place,
      [incident.address, place ? `${place.lon.toFixed(6)}, ${place.lat.toFixed(6)} (WGS 84)` : null]
        .filter((part) => part !== null)
        .join(' · ') || null,
    ],
    [words.facts.reporter, incident.reporterPhone ?? (incident.anonymous ? words.facts.anonymous : null)],
    [words.facts.reported, formatExact(incident.reportedAtMs)],
    [words.facts.deadline, incident.deadlineMs === null ? null : formatExact(incident.deadlineMs)],
    [words.facts.closed, incident.closedAtMs === null ? null : formatExact(incident.closedAtMs)],
    [words.facts.rating, rating ? said(rating) : null],
    ...(incident.formerRatings ?? []).map(
      (each) => [words.facts.formerRating, `${formatExact(each.atMs)} · ${said(each)}`] as const,
    ),
  ];
  return (
    <article className="sheet" data-testid="sheet">
      <h1>{t.printTitle(incident.number)}</h1>
      <p className="sheet-text">{incident.description}</p>
      <table className="sheet-facts">
        <tbody>
          {facts.map(([name, value]) =>
            value === null ? null : (
              <tr key={`${name} ${value}`}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
      <PrintPhotos photos={incident.photos} />
      {orders.length > 0 ? (
        <section>
          <h2>{t.orders}</h2>
          <table className="sheet-table">
            <thead>
              <tr>
                {[t.department, t.state, t.due].map((heading) => (
                  <th key={heading} scope="col">
                    {heading}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {orders.map((order) => (
                <tr key={order.id}>
                  <td>
                    {order.partyName}
                    {order.task === null ? null : <p>{order.task}</p>}
                    {order.response === null ? null : <p>{order.response}</p>}
                  </td>
                  <td>
                    <OrderStateTag state={order.state} />
                  </td>
                  <td>{order.deadlineMs ? formatExact(order.deadlineMs) : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
      <section>
        <h2>{words.timeline.title}</h2>
        <table className="sheet-table">
          <tbody>
            {incident.timeline
              .toSorted((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1))
              .map((entry) => (
                <tr key={entry.id}>
                  <td className="sheet-time">{formatExact(entry.atMs)}</td>
                  <td>
                    <strong>{pick(moveLabel(entry.move))}</strong> {actorName(entry.actorName)}
                    {entry.partyName === null || entry.partyName === entry.actorName ? '' : ` → ${entry.partyName}`}
                    {entry.reason === null ? null : <p>{entry.reason}</p>}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </section>
    </article>
  );
}
