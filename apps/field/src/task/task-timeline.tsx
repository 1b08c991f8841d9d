import { isCallError } from '@wangge/client';
import { getIncident } from '@wangge/incidents/contract';
import { fieldOutboxTexts, fieldTaskTexts } from '@wangge/texts/field';
import { ErrorBlock, formatTime, LoadingBlock, useActorName, useCall, usePick, useTexts } from '@wangge/ui';
import { PhotoRow } from '../photos/photo-row.tsx';
import { moveLabel } from './timeline-label.ts';

/** What happened so far, newest first. Some posts may do an order without seeing all of its incident. */
export function TaskTimeline({ incidentId }: { incidentId: string }) {
  const t = useTexts(fieldTaskTexts);
  const outbox = useTexts(fieldOutboxTexts);
  const pick = usePick();
  const actorName = useActorName();
  const incident = useCall(
    getIncident,
    { params: { id: incidentId } },
    { live: { types: ['incidents.changed', 'dispatch.order-changed'], id: incidentId } },
  );
  const hidden = isCallError(incident.error, 'forbidden') || isCallError(incident.error, 'not-found');
  // Several steps share a moment: their order as told is the order in time.
  const entries = incident.data?.timeline.toSorted((a, b) => a.atMs - b.atMs).toReversed();
  return (
    <section className="card">
      <h2>{t.timeline}</h2>
      {entries ? (
        entries.length === 0 ? (
          <p className="muted">{t.timelineEmpty}</p>
        ) : (
          <ol className="timeline">
            {entries.map((entry) => (
              <li key={entry.id}>
                <p>
                  <strong>{pick(moveLabel(entry.move))}</strong> {actorName(entry.actorName)}
                  {entry.partyName === null || entry.partyName === entry.actorName ? '' : ` → ${entry.partyName}`}
                </p>
                {entry.reason === null ? null : <p className="prose">{entry.reason}</p>}
                <PhotoRow photos={entry.photos} />
                <p className="muted">
                  {formatTime(entry.atMs)}
                  {entry.byPhone ? ` · ${outbox.byPhone(formatTime(entry.byPhone.receivedMs))}` : ''}
                </p>
              </li>
            ))}
          </ol>
        )
      ) : hidden ? (
        <p className="muted">{t.timelineHidden}</p>
      ) : incident.error ? (
        <ErrorBlock error={incident.error} onRetry={() => void incident.refetch()} />
      ) : (
        <LoadingBlock rows={3} />
      )}
    </section>
  );
}
