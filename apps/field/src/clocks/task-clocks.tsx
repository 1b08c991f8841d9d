import type { Task } from '@wangge/dispatch/contract';
import { type IncidentClocks, readClocks } from '@wangge/incidents/contract';
import { fieldClockTexts, fieldOutboxTexts } from '@wangge/texts/field';
import { DeadlineTag, formatTime, useCall, usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useState } from 'react';
import { useDeed, useWaiting } from '../deeds/use-deed.ts';
import { Problem } from '../shell/problem.tsx';
import { AnswerSheet } from './answer-sheet.tsx';
import { ClockLine } from './clock-line.tsx';

/** Each clock with what moved it, who was reminded, and the two things that silence it: taking notice, answering. */
export function TaskClocks({ task, gone }: { task: Task; gone: boolean }) {
  const t = useTexts(fieldClockTexts);
  const { id } = task.incident;
  const live = { types: ['incidents.changed', 'dispatch.order-changed', 'incidents.clocks-recomputed'], id };
  const clocks = useCall(readClocks, { params: { id } }, { live });
  // The limit itself stands above; some posts see no more of the incident than that.
  if (!clocks.data) return null;
  const shown = clocks.data.clocks.filter((clock) => clock.orderId === null || clock.orderId === task.order.id);
  if (shown.length === 0 && clocks.data.supervisions.length === 0) return null;
  return (
    <section className="card" data-testid="task-clocks">
      <h2>{t.title}</h2>
      <ul className="clock-list">
        {shown.map((clock) => (
          <ClockLine key={clock.id} clock={clock} />
        ))}
      </ul>
      <Supervisions supervisions={clocks.data.supervisions} />
      {gone ? null : <ClockDeeds task={task} may={clocks.data.may} />}
    </section>
  );
}

function Supervisions({ supervisions }: { supervisions: IncidentClocks['supervisions'] }) {
  const t = useTexts(fieldClockTexts);
  return supervisions.map((each) => (
    <div key={each.id} className="supervision">
      <p>
        <strong>{t.supervision(each.byName, formatTime(each.atMs))}</strong>
        {each.answeredAtMs === null ? <span className="wg-tag wg-tag-volcano"> {t.unanswered}</span> : null}
      </p>
      <p className="prose">{each.reason}</p>
      {/* What the phone kept of an older server has no term. */}
      {each.answeredAtMs !== null || each.answerByMs == null ? null : (
        <p className="clock-top">
          <span>{t.answerBy(formatTime(each.answerByMs))}</span>
          <DeadlineTag deadlineMs={each.answerByMs} clock={null} />
        </p>
      )}
      {each.answeredAtMs === null ? null : (
        <p className="muted">
          {t.answered(each.answeredBy ?? '', formatTime(each.answeredAtMs))}：{each.answer}
        </p>
      )}
    </div>
  ));
}

function ClockDeeds({ task, may }: { task: Task; may: IncidentClocks['may'] }) {
  const t = useTexts(fieldClockTexts);
  const outbox = useTexts(fieldOutboxTexts);
  const pick = usePick();
  const deed = useDeed();
  const [answering, setAnswering] = useState(false);
  const { id, number } = task.incident;
  const acknowledging = useWaiting('acknowledge', `incident ${id}`);
  const sending = useWaiting('answer-supervision', `incident ${id}`);
  // An answer takes notice as well.
  const waits = acknowledging || sending;
  return (
    <>
      {may.answer ? (
        <Button block color="primary" disabled={sending} onClick={() => setAnswering(true)}>
          {sending ? outbox.tag : t.answer}
        </Button>
      ) : null}
      {may.acknowledge ? (
        <>
          <p className="muted">{t.acknowledgeHint}</p>
          <Button
            block
            disabled={deed.busy || waits}
            onClick={() => deed.send({ name: 'acknowledge', incidentId: id }, number)}
          >
            {waits ? outbox.tag : t.acknowledge}
          </Button>
        </>
      ) : null}
      {deed.error ? <Problem>{pick(deed.error)}</Problem> : null}
      {answering ? <AnswerSheet incidentId={id} number={number} onClose={() => setAnswering(false)} /> : null}
    </>
  );
}
