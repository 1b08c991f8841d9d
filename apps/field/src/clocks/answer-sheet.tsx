import { fieldClockTexts, fieldShellTexts, fieldTaskTexts } from '@wangge/texts/field';
import { usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useState } from 'react';
import { useDeed } from '../deeds/use-deed.ts';
import { Problem } from '../shell/problem.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { TextArea } from '../shell/text-area.tsx';

interface Props {
  readonly incidentId: string;
  readonly number: string;
  readonly onClose: () => void;
}

/** What is being done about it, to whoever supervises. */
export function AnswerSheet({ incidentId, number, onClose }: Props) {
  const t = useTexts(fieldClockTexts);
  const task = useTexts(fieldTaskTexts);
  const shell = useTexts(fieldShellTexts);
  const pick = usePick();
  const deed = useDeed();
  const [answer, setAnswer] = useState('');
  return (
    <Sheet
      title={t.answer}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{shell.cancel}</Button>
          <Button
            color="primary"
            disabled={deed.busy || answer.trim() === ''}
            onClick={() =>
              deed.send({ name: 'answer-supervision', incidentId, answer: answer.trim() }, number, onClose)
            }
          >
            {deed.busy ? task.waiting : t.submit}
          </Button>
        </>
      }
    >
      <TextArea
        label={t.answerField}
        placeholder={t.answerExample}
        maxLength={1000}
        value={answer}
        onValue={setAnswer}
      />
      {deed.error ? <Problem>{pick(deed.error)}</Problem> : null}
    </Sheet>
  );
}
