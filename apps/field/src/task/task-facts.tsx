import { incidentSources } from '@wangge/incidents/contract';
import { orderStates, type Task } from '@wangge/dispatch/contract';
import { fieldOutboxTexts, fieldTaskTexts, fieldTasksTexts } from '@wangge/texts/field';
import { formatDistance, formatTime, OrderStateTag, SeverityMark, useLang, usePick, useTexts } from '@wangge/ui';
import { TaskLimits } from '../clocks/task-limits.tsx';
import { withWaiting } from '../outbox/overlay.ts';
import { useOutbox } from '../outbox/use-outbox.ts';
import { PhotoRow } from '../photos/photo-row.tsx';
import { metresBetween } from '../place/metres-between.ts';
import type { Fix } from '../place/position.ts';
import { TaskPlace } from './task-place.tsx';

/** What, where, until when. */
export function TaskFacts({ task: known, fix }: { task: Task; fix: Fix | null }) {
  const task = withWaiting(known, useOutbox());
  const outbox = useTexts(fieldOutboxTexts);
  const t = useTexts(fieldTaskTexts);
  const list = useTexts(fieldTasksTexts);
  const { lang } = useLang();
  const pick = usePick();
  const { order, incident } = task;
  const { place } = incident;
  const { open } = orderStates[order.state];
  return (
    <>
      <section className="card task-state">
        <p className="task-tags">
          <OrderStateTag state={order.state} />
          {task === known ? null : <span className="wg-tag">{outbox.tag}</span>}
          <SeverityMark severity={incident.severity} withLabel />
          {incident.supervised ? <span className="wg-tag wg-tag-volcano">{t.supervised}</span> : null}
          {order.pending ? <span className="wg-tag wg-tag-gold">{t.pending[order.pending]}</span> : null}
        </p>
        {open ? <TaskLimits task={task} /> : null}
        {incident.proofRequired && open ? (
          <p className="task-proof">{incident.proofInApp ? t.proofInApp : t.proofRequired}</p>
        ) : null}
      </section>

      {order.task === null ? null : (
        <section className="card">
          <h2>{t.instruction}</h2>
          <p className="prose">{order.task}</p>
        </section>
      )}

      <section className="card">
        <h2>{t.what}</h2>
        <p className="prose">{incident.description}</p>
        {incident.photos.length > 0 ? <PhotoRow photos={incident.photos} /> : <p className="muted">{t.noPhotos}</p>}
        <p className="muted">
          {t.reportedAt(formatTime(incident.reportedAtMs))} · {pick(incidentSources[incident.source])} ·{' '}
          <span className="number">{incident.number}</span>
        </p>
      </section>

      <section className="card">
        <h2>{t.where}</h2>
        <p>
          {[incident.areaName, incident.address].filter((part) => part !== null && part !== '').join(' · ') ||
            t.noPlace}
          {fix && place ? (
            <span className="muted"> {list.away(formatDistance(metresBetween(fix.place, place), lang))}</span>
          ) : null}
        </p>
        {place ? <TaskPlace task={task} place={place} own={fix?.place ?? null} /> : null}
      </section>

      {order.response === null ? null : (
        <section className="card">
          <h2>{t.myResponse}</h2>
          <p className="prose">{order.response}</p>
        </section>
      )}
    </>
  );
}
