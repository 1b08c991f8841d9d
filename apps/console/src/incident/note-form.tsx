import { newId } from '@wangge/contract-kit';
import { addNote, getIncident } from '@wangge/incidents/contract';
import { incidentTexts } from '@wangge/texts/console';
import { useSend, useTexts } from '@wangge/ui';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../common/form-problem.tsx';

/** A remark for the timeline. The key stays until the note is in, so that a second click adds no second one. */
export function NoteForm({ incidentId }: { incidentId: string }) {
  const t = useTexts(incidentTexts).timeline;
  const [text, setText] = useState('');
  const [key, setKey] = useState(newId);
  const send = useSend(addNote, [getIncident]);
  const submit = (): void => {
    if (text.trim() === '' || send.isPending) return;
    send.mutate(
      { params: { id: incidentId }, body: { text, clientKey: key } },
      {
        onSuccess: () => {
          setText('');
          setKey(newId());
        },
      },
    );
  };
  return (
    <form
      className="note-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormProblem error={send.error} />
      <Input.TextArea
        aria-label={t.addNote}
        placeholder={t.notePlaceholder}
        autoSize={{ minRows: 1, maxRows: 5 }}
        maxLength={1000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button htmlType="submit" loading={send.isPending} disabled={text.trim() === ''}>
        {t.send}
      </Button>
    </form>
  );
}
