import { roles } from '@wangge/contract-kit';
import { listColleagues, type Task } from '@wangge/dispatch/contract';
import { fieldForwardTexts, fieldShellTexts, fieldTaskTexts } from '@wangge/texts/field';
import { ErrorBlock, LoadingBlock, useCall, usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useState } from 'react';
import { useDeed } from '../deeds/use-deed.ts';
import { Problem } from '../shell/problem.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { TextArea } from '../shell/text-area.tsx';

/** To whom, and why. */
export function ForwardSheet({ task, onClose }: { task: Task; onClose: () => void }) {
  const t = useTexts(fieldForwardTexts);
  const words = useTexts(fieldTaskTexts);
  const shell = useTexts(fieldShellTexts);
  const pick = usePick();
  const { order, incident } = task;
  const colleagues = useCall(listColleagues, { params: { id: order.id } });
  const deed = useDeed();
  const [toId, setToId] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const submit = (): void => {
    if (toId === null) return;
    deed.send({ name: 'forward', orderId: order.id, toId, reason: reason.trim() }, incident.number, onClose);
  };
  const list = colleagues.data?.colleagues;
  return (
    <Sheet
      title={t.button}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{shell.cancel}</Button>
          <Button color="primary" disabled={deed.busy || toId === null || reason.trim() === ''} onClick={submit}>
            {deed.busy ? words.waiting : t.submit}
          </Button>
        </>
      }
    >
      {!list ? (
        colleagues.error ? (
          <>
            {colleagues.error.offline ? <p>{t.offline}</p> : null}
            <ErrorBlock error={colleagues.error} onRetry={() => void colleagues.refetch()} />
          </>
        ) : (
          <LoadingBlock rows={2} />
        )
      ) : list.length === 0 ? (
        <p>{t.none}</p>
      ) : (
        <fieldset className="forward-people">
          <legend>{t.to}</legend>
          {list.map((each) => (
            <label key={each.id}>
              <input type="radio" name="colleague" checked={toId === each.id} onChange={() => setToId(each.id)} />
              <span>
                {each.name}{' '}
                <span className="muted">
                  {pick(roles[each.role].label)} · {each.areaName} · {each.onDuty ? t.onDuty : t.offDuty}
                </span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      <TextArea label={t.reason} placeholder={t.example} maxLength={200} value={reason} onValue={setReason} />
      {deed.error ? <Problem>{pick(deed.error)}</Problem> : null}
    </Sheet>
  );
}
