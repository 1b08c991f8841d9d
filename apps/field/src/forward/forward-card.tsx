import type { Forward } from '@wangge/dispatch/contract';
import { fieldForwardTexts, fieldOutboxTexts, fieldShellTexts } from '@wangge/texts/field';
import { usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useState } from 'react';
import { useDeed, useWaiting } from '../deeds/use-deed.ts';
import { Problem } from '../shell/problem.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { TextArea } from '../shell/text-area.tsx';

/** One order on its way: to be taken or declined by me, or waiting for somebody else. */
export function ForwardCard({ forward }: { forward: Forward }) {
  const t = useTexts(fieldForwardTexts);
  const outbox = useTexts(fieldOutboxTexts);
  const pick = usePick();
  const deed = useDeed();
  const [declining, setDeclining] = useState(false);
  const { id, incident, state, toName, fromName, may } = forward;
  const answering = useWaiting('answer-forward', `forward ${id}`);
  const withdrawing = useWaiting('withdraw-forward', `forward ${id}`);
  const waits = answering || withdrawing;
  const title = may.answer
    ? t.asked(fromName, incident.number)
    : state === 'asked'
      ? t.waiting(toName, incident.number)
      : t.ended[state](toName, incident.number);
  return (
    <li className="task-card whistle-card" data-testid="forward-card">
      <p className="task-top">
        <strong>{title}</strong>
        {waits ? <span className="wg-tag">{outbox.tag}</span> : null}
      </p>
      <p className="task-text">{incident.summary}</p>
      {incident.address === null ? null : <p className="muted">{incident.address}</p>}
      <p className="prose">{t.why(forward.answer ?? forward.reason)}</p>
      {may.answer && !waits ? (
        <div className="outbox-buttons">
          <Button onClick={() => setDeclining(true)}>{t.decline}</Button>
          <Button
            color="primary"
            disabled={deed.busy}
            onClick={() =>
              deed.send({ name: 'answer-forward', forwardId: id, accepted: true, reason: null }, incident.number)
            }
          >
            {t.take}
          </Button>
        </div>
      ) : null}
      {may.withdraw && !waits ? (
        <Button
          block
          disabled={deed.busy}
          onClick={() => deed.send({ name: 'withdraw-forward', forwardId: id }, incident.number)}
        >
          {t.withdraw}
        </Button>
      ) : null}
      {deed.error ? <Problem>{pick(deed.error)}</Problem> : null}
      {declining ? <DeclineSheet forward={forward} onClose={() => setDeclining(false)} /> : null}
    </li>
  );
}

function DeclineSheet({ forward, onClose }: { forward: Forward; onClose: () => void }) {
  const t = useTexts(fieldForwardTexts);
  const shell = useTexts(fieldShellTexts);
  const pick = usePick();
  const deed = useDeed();
  const [reason, setReason] = useState('');
  const submit = (): void => {
    const words = reason.trim();
    deed.send(
      { name: 'answer-forward', forwardId: forward.id, accepted: false, reason: words === '' ? null : words },
      forward.incident.number,
      onClose,
    );
  };
  return (
    <Sheet
      title={t.decline}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{shell.cancel}</Button>
          <Button color="primary" disabled={deed.busy} onClick={submit}>
            {t.decline}
          </Button>
        </>
      }
    >
      <TextArea label={t.declineReason} maxLength={200} value={reason} onValue={setReason} />
      {deed.error ? <Problem>{pick(deed.error)}</Problem> : null}
    </Sheet>
  );
}
