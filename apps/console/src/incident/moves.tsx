import { call } from '@wangge/client';
import { incidentMoves, moveIncident, type Incident, type IncidentMove } from '@wangge/incidents/contract';
import { incidentTexts } from '@wangge/texts/console';
import { usePick, useTexts } from '@wangge/ui';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../common/form-problem.tsx';
import { ConflictNote } from './conflict-note.tsx';
import { canDispatch } from './dispatchable.ts';
import { bodyOfMove, type MoveValues } from './move-body.ts';
import { moveFields, stepMoves } from './move-fields.ts';
import { MoveForm } from './move-form.tsx';
import { useGuarded } from './use-guarded.ts';

/** Exactly the moves that the server allows this person now. */
export function Moves({ incident }: { incident: Incident }) {
  const t = useTexts(incidentTexts).move;
  const pick = usePick();
  const { message } = App.useApp();
  const guarded = useGuarded();
  const [asked, setAsked] = useState<IncidentMove | null>(null);
  const [last, setLast] = useState<{ move: IncidentMove; values: MoveValues } | null>(null);

  const send = async (seen: Incident, move: IncidentMove, values: MoveValues): Promise<void> => {
    setLast({ move, values });
    const done = await guarded.run(seen, (version, key) =>
      call(moveIncident, { params: { id: seen.id }, body: bodyOfMove(move, values, version, key) }),
    );
    if (!done) return;
    setAsked(null);
    void message.success(t.done(pick(incidentMoves[move])));
  };
  const start = (move: IncidentMove): void => {
    guarded.clear();
    if (moveFields[move]?.length === 0) void send(incident, move, {});
    else setAsked(move);
  };
  const usable = incident.moves.filter((move) => moveFields[move] !== null);
  const steps = stepMoves.filter((move) => usable.includes(move));
  const others = usable.filter((move) => !steps.includes(move));
  if (usable.length === 0 && !guarded.conflict) return null;
  // Dispatching accepts and registers by itself, so it is the main button while it is possible.
  const primary = canDispatch(incident.state, []) === 'first' ? undefined : steps[0];
  const conflict = guarded.conflict;
  return (
    <section className="moves" aria-label={t.title}>
      {conflict && last ? (
        <ConflictNote
          conflict={conflict}
          possible={conflict.after.moves.includes(last.move)}
          busy={guarded.busy}
          onRetry={() => void send(conflict.after, last.move, last.values)}
          onDrop={() => {
            guarded.clear();
            setAsked(null);
          }}
        />
      ) : asked === null ? (
        <FormProblem error={guarded.error} />
      ) : null}
      <div className="moves-buttons">
        {steps.map((move) => (
          <Button
            key={move}
            type={move === primary ? 'primary' : 'default'}
            loading={guarded.busy && last?.move === move && asked === null}
            onClick={() => start(move)}
            data-testid={`move-${move}`}
          >
            {pick(incidentMoves[move])}
          </Button>
        ))}
        {others.length > 0 ? (
          <Dropdown
            trigger={['click']}
            menu={{
              items: others.map((move) => ({
                key: move,
                label: pick(incidentMoves[move]),
                onClick: () => start(move),
              })),
            }}
          >
            <Button data-testid="more-moves">{t.more} ▾</Button>
          </Dropdown>
        ) : null}
      </div>
      {asked !== null && !conflict ? (
        <MoveForm
          key={asked}
          incident={incident}
          move={asked}
          busy={guarded.busy}
          error={guarded.error}
          onCancel={() => {
            setAsked(null);
            guarded.clear();
          }}
          onSubmit={(values) => void send(incident, asked, values)}
        />
      ) : null}
    </section>
  );
}
