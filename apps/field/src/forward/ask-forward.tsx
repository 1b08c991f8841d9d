import { orderStates, type Task } from '@wangge/dispatch/contract';
import { fieldForwardTexts, fieldOutboxTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useState } from 'react';
import { useWaiting } from '../deeds/use-deed.ts';
import { ForwardSheet } from './forward-sheet.tsx';
import { useForwards } from './use-forwards.ts';

/** An own task that somebody else should do: the button, or nothing while a colleague is asked already. */
export function AskForward({ task }: { task: Task }) {
  const t = useTexts(fieldForwardTexts);
  const outbox = useTexts(fieldOutboxTexts);
  const [open, setOpen] = useState(false);
  const { order } = task;
  const waiting = useWaiting('forward', `order ${order.id}`);
  const asked = (useForwards().data?.forwards ?? []).some((f) => f.orderId === order.id && f.may.withdraw);
  const possible = orderStates[order.state].open && order.state !== 'suspended' && order.pending === null;
  if (order.party.kind !== 'account' || !possible || asked) return null;
  return (
    <section className="card">
      <p className="muted">{t.hint}</p>
      <Button block disabled={waiting} onClick={() => setOpen(true)}>
        {waiting ? outbox.tag : t.button}
      </Button>
      {open ? <ForwardSheet task={task} onClose={() => setOpen(false)} /> : null}
    </section>
  );
}
