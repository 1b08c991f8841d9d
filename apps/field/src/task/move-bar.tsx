import type { Task } from '@wangge/dispatch/contract';
import { fieldOutboxTexts, fieldShellTexts, fieldTaskTexts } from '@wangge/texts/field';
import { usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useState } from 'react';
import { giveBack } from '../outbox/give-back.ts';
import { withWaiting } from '../outbox/overlay.ts';
import { useOutbox } from '../outbox/use-outbox.ts';
import { goBack } from '../router/router.tsx';
import { Icon } from '../shell/icons.tsx';
import { Problem } from '../shell/problem.tsx';
import { ArriveForm } from './arrive-form.tsx';
import { ConflictSheet } from './conflict-sheet.tsx';
import { nextMove, possibleMoves, type FieldMove } from './moves.ts';
import { RespondForm } from './respond-form.tsx';
import { ReturnForm } from './return-form.tsx';
import { useMove } from './use-move.ts';

/** Back and the possible moves, fixed at the bottom edge; the next step is the coloured one. */
export function MoveBar({ task, gone }: { task: Task | null; gone: boolean }) {
  const t = useTexts(fieldShellTexts);
  return (
    <footer className="move-bar">
      <button
        type="button"
        className="move-back"
        aria-label={t.back}
        onClick={() => goBack({ name: 'tasks', done: false })}
      >
        <Icon name="back" />
      </button>
      {task ? <Moves task={task} gone={gone} /> : null}
    </footer>
  );
}

function Moves({ task: known, gone }: { task: Task; gone: boolean }) {
  const t = useTexts(fieldTaskTexts);
  const outbox = useTexts(fieldOutboxTexts);
  const pick = usePick();
  /** What was done and has not arrived counts: one goes on without a link. */
  const task = withWaiting(known, useOutbox());
  /** Put off: the sheet is closed, the line above the buttons stays. */
  const [putOff, setPutOff] = useState<string | null>(null);
  const move = useMove(task);
  /** The task as it was when the form was opened: that is what the person decides on. */
  const [form, setForm] = useState<{ move: FieldMove; seen: Task } | null>(null);
  const allowed = gone ? [] : possibleMoves(task.order.moves);
  // One thing after the other: what comes next depends on what is decided.
  const possible = move.conflict ? [] : allowed;
  const next = nextMove(possible);
  const close = (): void => {
    setForm(null);
    move.forget();
  };
  const begin = (name: FieldMove): void => {
    move.forget();
    if (name === 'accept' || name === 'handle') move.send({ move: name });
    else setForm({ move: name, seen: task });
  };
  const formProps = form ? { task: form.seen, move, onClose: close } : null;
  return (
    <div className="move-main">
      {move.error && !form ? <Problem>{pick(move.error.text)}</Problem> : null}
      {move.conflict && move.conflict.id === putOff ? (
        <Problem>
          {t.conflict.title}{' '}
          <button type="button" className="text-button" onClick={() => setPutOff(null)}>
            {outbox.both}
          </button>
        </Problem>
      ) : null}
      {possible.length === 0 ? <p className="muted move-none">{t.nothingToDo}</p> : null}
      <div className="move-buttons" role="group" aria-label={t.moves.label}>
        {possible.map((name) => (
          <Button
            key={name}
            className={name === 'return' ? 'move-return' : 'move-go'}
            disabled={move.busy}
            onClick={() => begin(name)}
            {...(name === next ? { color: 'primary' as const } : {})}
          >
            {move.busy && name === next && !form ? t.waiting : t.moves[name]}
          </Button>
        ))}
      </div>
      {form?.move === 'return' && formProps ? <ReturnForm {...formProps} /> : null}
      {form?.move === 'arrive' && formProps ? <ArriveForm {...formProps} /> : null}
      {form?.move === 'respond' && formProps ? <RespondForm {...formProps} /> : null}
      {move.conflict && move.conflict.id !== putOff ? (
        <ConflictSheet
          conflict={move.conflict}
          task={gone ? null : known}
          busy={move.busy}
          onAgain={(conflict, now) => move.again(conflict, now, () => setForm(null))}
          onLeave={(conflict) => {
            // What was typed goes back into its form, which from now on is about the task as it is.
            void giveBack(conflict);
            setForm((now) => (now && allowed.includes(now.move) ? { ...now, seen: task } : null));
            move.forget();
          }}
          onClose={() => setPutOff(move.conflict?.id ?? null)}
        />
      ) : null}
    </div>
  );
}
