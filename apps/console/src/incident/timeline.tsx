import type { HistoryEntry } from '@wangge/incidents/contract';
import { incidentTexts } from '@wangge/texts/console';
import { formatTime, useActorName, usePick, useTexts } from '@wangge/ui';
import { moveLabel } from './move-label.ts';
import { Photos } from './photos.tsx';

/** What happened, newest first: who, what, why, with photos. */
export function Timeline({ entries }: { entries: readonly HistoryEntry[] }) {
  const t = useTexts(incidentTexts);
  const newestFirst = entries.toSorted((a, b) => b.atMs - a.atMs || (a.id < b.id ? 1 : -1));
  return (
    <section aria-labelledby="timeline-title">
      <h3 id="timeline-title">{t.timeline.title}</h3>
      <ol className="timeline" data-testid="timeline">
        {newestFirst.map((entry) => (
          <TimelineEntry key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

export function TimelineEntry({ entry }: { entry: HistoryEntry }) {
  const t = useTexts(incidentTexts).timeline;
  const pick = usePick();
  const actorName = useActorName();
  return (
    <li className={entry.orderId === null ? '' : 'timeline-order'}>
      <time dateTime={new Date(entry.atMs).toISOString()}>{formatTime(entry.atMs)}</time>
      <div>
        <strong>{pick(moveLabel(entry.move))}</strong> {actorName(entry.actorName)}
        {entry.partyName === null || entry.partyName === entry.actorName ? '' : ` → ${entry.partyName}`}
        {entry.byPhone ? <p className="muted">{t.byPhone(formatTime(entry.byPhone.receivedMs))}</p> : null}
        {entry.reason === null ? null : <p>{entry.reason}</p>}
        <Photos photos={entry.photos} label={false} />
      </div>
    </li>
  );
}
