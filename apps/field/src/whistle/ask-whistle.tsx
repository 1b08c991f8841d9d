import type { Task } from '@wangge/dispatch/contract';
import { fieldOutboxTexts, fieldShellTexts, fieldTaskTexts, fieldWhistleTexts } from '@wangge/texts/field';
import { usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useState } from 'react';
import { useDeed, useWaiting } from '../deeds/use-deed.ts';
import { useMay } from '../session/me.tsx';
import { Problem } from '../shell/problem.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { TextArea } from '../shell/text-area.tsx';

/** It needs more than one's own hands: asks the town to call departments here. */
export function AskWhistle({ task }: { task: Task }) {
  const t = useTexts(fieldWhistleTexts).ask;
  const words = useTexts(fieldTaskTexts);
  const outbox = useTexts(fieldOutboxTexts);
  const shell = useTexts(fieldShellTexts);
  const pick = usePick();
  const may = useMay('dispatch.ask-whistle');
  const deed = useDeed();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { id, number, state } = task.incident;
  const waiting = useWaiting('ask-whistle', `incident ${id}`);
  if (!may || state === 'responded') return null;
  const close = (): void => {
    setOpen(false);
    deed.forget();
  };
  return (
    <section className="card">
      <p className="muted">{t.hint}</p>
      <Button block disabled={waiting} onClick={() => setOpen(true)}>
        {waiting ? outbox.tag : t.button}
      </Button>
      {open ? (
        <Sheet
          title={t.title}
          onClose={close}
          actions={
            <>
              <Button onClick={close}>{shell.cancel}</Button>
              <Button
                color="primary"
                disabled={deed.busy || reason.trim() === ''}
                onClick={() =>
                  deed.send({ name: 'ask-whistle', incidentId: id, reason: reason.trim() }, number, () => {
                    setReason('');
                    close();
                  })
                }
              >
                {deed.busy ? words.waiting : t.submit}
              </Button>
            </>
          }
        >
          <TextArea label={t.reason} placeholder={t.example} maxLength={500} value={reason} onValue={setReason} />
          {deed.error ? <Problem>{pick(deed.error)}</Problem> : null}
        </Sheet>
      ) : null}
    </section>
  );
}
