import { call } from '@wangge/client';
import { type Compared, moveIncident } from '@wangge/incidents/contract';
import { alikeTexts, shellTexts } from '@wangge/texts/console';
import { formatTime, useTexts } from '@wangge/ui';
import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { useCalls } from './use-calls.ts';

interface Props {
  readonly one: Compared;
  readonly onOpen: (id: string) => void;
  readonly onChanged: () => void;
}

/** One that was merged into this, and the way back. */
export function MergedOne({ one, onOpen, onChanged }: Props) {
  const t = useTexts(alikeTexts);
  const shell = useTexts(shellTexts);
  const { message } = App.useApp();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const { busy, error, run } = useCalls();
  const undo = async (): Promise<void> => {
    const done = await run((clientKey) =>
      call(moveIncident, {
        params: { id: one.id },
        query: undefined,
        body: { move: 'unmerge', version: one.version, clientKey, reason: reason.trim() || t.undoDefault },
      }),
    );
    if (!done) return;
    setAsking(false);
    void message.success(t.undone);
    onChanged();
  };
  return (
    <li data-testid="merged-one">
      <span className="alike-what">
        <button type="button" className="plain-button" aria-label={t.open(one.number)} onClick={() => onOpen(one.id)}>
          {one.number}
        </button>{' '}
        {one.description.slice(0, 40)}
        <small>{formatTime(one.reportedAtMs)}</small>
      </span>
      <Button size="small" onClick={() => setAsking(true)} aria-label={`${t.undo} ${one.number}`}>
        {t.undo}
      </Button>
      {asking ? (
        <Modal
          open
          title={`${t.undo} ${one.number}`}
          okText={t.undo}
          cancelText={shell.cancel}
          confirmLoading={busy}
          onOk={() => void undo()}
          onCancel={() => setAsking(false)}
        >
          <FormProblem error={error} />
          <label className="alike-reason">
            {t.undoWhy}
            <Input
              value={reason}
              placeholder={t.undoDefault}
              maxLength={500}
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
        </Modal>
      ) : null}
    </li>
  );
}
