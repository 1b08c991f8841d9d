import type { Task } from '@wangge/dispatch/contract';
import { fieldShellTexts, fieldTaskTexts } from '@wangge/texts/field';
import { usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useTaskDraft } from './task-draft.ts';
import { Problem } from '../shell/problem.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { TextArea } from '../shell/text-area.tsx';
import type { Move } from './use-move.ts';

export interface MoveFormProps {
  readonly task: Task;
  readonly move: Move;
  readonly onClose: () => void;
}

/** Back to the dispatcher, with a reason. */
export function ReturnForm({ task, move, onClose }: MoveFormProps) {
  const t = useTexts(fieldTaskTexts);
  const shell = useTexts(fieldShellTexts);
  const pick = usePick();
  const draft = useTaskDraft(task.order.id, 'return');
  const reason = draft.value?.text ?? '';
  const done = (): void => {
    draft.clear();
    onClose();
  };
  return (
    <Sheet
      title={t.returnForm.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{shell.cancel}</Button>
          <Button
            color="primary"
            disabled={move.busy || reason.trim() === ''}
            onClick={() => move.send({ move: 'return', reason: reason.trim() }, task, done)}
          >
            {move.busy ? t.waiting : t.returnForm.submit}
          </Button>
        </>
      }
    >
      <TextArea
        label={t.returnForm.reason}
        placeholder={t.returnForm.hint}
        maxLength={500}
        value={reason}
        onValue={(text) => draft.change((now) => ({ ...now, text }))}
      />
      {move.error ? <Problem>{pick(move.error.text)}</Problem> : null}
    </Sheet>
  );
}
