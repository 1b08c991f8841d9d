import type { Order } from '@wangge/dispatch/contract';
import { acknowledgeClocks, getIncident, type Incident, readClocks } from '@wangge/incidents/contract';
import { newId } from '@wangge/contract-kit';
import { clockTexts } from '@wangge/texts/console';
import { DeadlineTag, ErrorBlock, formatTime, LoadingBlock, useCall, useLabelled, useSend, useTexts } from '@wangge/ui';
import { App, Button } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { ClockDialog, type ClockDeed } from './clock-dialog.tsx';
import { ClockItem } from './clock-item.tsx';
import '../../clocks.css';

/** Every clock of the incident and its orders, why each deadline is what it is, and what one may do about them. */
export function Clocks({ incident, orders }: { incident: Incident; orders: readonly Order[] }) {
  const t = useTexts(clockTexts).detail;
  const labelled = useLabelled();
  const { message } = App.useApp();
  const { id } = incident;
  const live = { types: ['incidents.changed', 'dispatch.order-changed', 'incidents.clocks-recomputed'], id };
  const clocks = useCall(readClocks, { params: { id } }, { live });
  const acknowledge = useSend(acknowledgeClocks, [readClocks, getIncident]);
  const [deed, setDeed] = useState<ClockDeed | null>(null);
  if (!clocks.data) {
    return clocks.error ? (
      <ErrorBlock error={clocks.error} onRetry={() => void clocks.refetch()} />
    ) : (
      <LoadingBlock rows={1} />
    );
  }
  const { may, supervisions } = clocks.data;
  const partyOf = (orderId: string | null): string | null =>
    orderId === null ? null : (orders.find((order) => order.id === orderId)?.partyName ?? '');
  const deeds: readonly ClockDeed[] = (['answer', 'pause', 'resume'] as const).filter((each) => may[each]);
  return (
    <section aria-labelledby="clocks-title" data-testid="clocks">
      <h3 id="clocks-title">{t.title}</h3>
      <ul className="clocks">
        {clocks.data.clocks.map((clock) => (
          <ClockItem key={clock.id} clock={clock} partyName={partyOf(clock.orderId)} />
        ))}
      </ul>
      {supervisions.length === 0 ? null : (
        <>
          <h4>{t.supervisions}</h4>
          <ul className="supervisions" data-testid="supervisions">
            {supervisions.map((s) => (
              <li key={s.id} className="clock">
                <div className="clock-head">
                  <strong>{s.byName}</strong> <span>{formatTime(s.atMs)}</span> <span>{s.reason}</span>
                </div>
                <p className="clock-notes">
                  {s.answeredAtMs === null
                    ? t.unanswered
                    : labelled(t.answered(s.answeredBy ?? '', formatTime(s.answeredAtMs)), s.answer ?? '')}
                  {s.answeredAtMs === null && s.answerByMs !== null ? (
                    <>
                      {' · '}
                      {t.answerBy(formatTime(s.answerByMs))} <DeadlineTag deadlineMs={s.answerByMs} clock={null} />
                    </>
                  ) : null}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
      <FormProblem error={acknowledge.error} />
      {may.acknowledge || deeds.length > 0 ? (
        <div className="moves-buttons">
          {may.acknowledge ? (
            <Button
              type="primary"
              loading={acknowledge.isPending}
              data-testid="clock-acknowledge"
              onClick={() =>
                acknowledge.mutate(
                  { params: { id }, body: { clientKey: newId() } },
                  { onSuccess: () => void message.success(t.acknowledged_) },
                )
              }
            >
              {t.acknowledge}
            </Button>
          ) : null}
          {deeds.map((each) => (
            <Button key={each} onClick={() => setDeed(each)} data-testid={`clock-${each}`}>
              {t[each]}
            </Button>
          ))}
        </div>
      ) : null}
      {deed === null ? null : <ClockDialog id={id} deed={deed} onClose={() => setDeed(null)} />}
    </section>
  );
}
