import type { CallError } from '@wangge/client';
import type { Incident } from '@wangge/incidents/contract';
import { incidentTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { App } from 'antd';
import { useState, type ReactNode } from 'react';
import { FormProblem } from '../common/form-problem.tsx';
import { ConflictNote } from './conflict-note.tsx';
import { useGuarded } from './use-guarded.ts';

interface Options<Move extends string, Values> {
  readonly incident: Incident;
  readonly nameOf: (move: Move) => string;
  /** What a move is made with that asks for nothing; null for one that opens a form first. */
  readonly withoutForm: (move: Move) => Values | null;
  /** Whether the move can still be made of what is there now, after somebody else was faster. */
  readonly possible: (move: Move, after: Incident) => boolean;
  readonly perform: (move: Move, values: Values, version: number, clientKey: string) => Promise<unknown>;
}
/** What the form of a move is given. */
export interface MoveFormProps<Move, Values> {
  readonly incident: Incident;
  readonly move: Move;
  readonly busy: boolean;
  readonly error: CallError | null;
  readonly onCancel: () => void;
  readonly onSubmit: (values: Values) => void;
}
export interface Moving<Move, Values> {
  start(move: Move): void;
  /** This move is on its way, without a form. */
  isBusy(move: Move): boolean;
  /** What to draw above the buttons: why it was refused, or what changed in between. */
  readonly trouble: ReactNode;
  readonly inConflict: boolean;
  /** For the form of the move that was begun; null while none is open. */
  readonly form: MoveFormProps<Move, Values> | null;
}

/** A move from its button over its form and its refusal to its being done: of incidents, orders and releases alike. */
export function useMoving<Move extends string, Values>(options: Options<Move, Values>): Moving<Move, Values> {
  const { incident, nameOf, withoutForm, possible, perform } = options;
  const t = useTexts(incidentTexts).move;
  const { message } = App.useApp();
  const guarded = useGuarded();
  const [asked, setAsked] = useState<Move | null>(null);
  const [last, setLast] = useState<{ move: Move; values: Values } | null>(null);
  const { conflict, busy, error } = guarded;

  const send = async (seen: Incident, move: Move, values: Values): Promise<void> => {
    setLast({ move, values });
    if (!(await guarded.run(seen, (version, key) => perform(move, values, version, key)))) return;
    setAsked(null);
    void message.success(t.done(nameOf(move)));
  };
  const leave = (): void => {
    guarded.clear();
    setAsked(null);
  };
  return {
    start: (move) => {
      guarded.clear();
      const values = withoutForm(move);
      if (values === null) setAsked(move);
      else void send(incident, move, values);
    },
    isBusy: (move) => busy && last?.move === move && asked === null,
    inConflict: conflict !== null,
    trouble:
      conflict && last ? (
        <ConflictNote
          conflict={conflict}
          possible={possible(last.move, conflict.after)}
          busy={busy}
          onRetry={() => void send(conflict.after, last.move, last.values)}
          onDrop={leave}
        />
      ) : asked === null ? (
        <FormProblem error={error} />
      ) : null,
    form:
      asked === null || conflict
        ? null
        : {
            incident,
            move: asked,
            busy,
            error,
            onCancel: leave,
            onSubmit: (values) => void send(incident, asked, values),
          },
  };
}
