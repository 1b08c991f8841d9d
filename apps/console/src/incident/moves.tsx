import { call } from '@wangge/client';
import { incidentMoves, moveIncident, type Incident, type IncidentMove } from '@wangge/incidents/contract';
import { incidentTexts } from '@wangge/texts/console';
import { usePick, useTexts } from '@wangge/ui';
import { Button, Dropdown } from 'antd';
import { canDispatch } from './dispatchable.ts';
import { bodyOfMove, type MoveValues } from './move-body.ts';
import { moveFields, stepMoves } from './move-fields.ts';
import { MoveForm } from './move-form.tsx';
import { useMoving } from './use-moving.tsx';

/** Exactly the moves that the server allows this person now. */
export function Moves({ incident }: { incident: Incident }) {
  const t = useTexts(incidentTexts).move;
  const pick = usePick();
  const moving = useMoving<IncidentMove, MoveValues>({
    incident,
    nameOf: (move) => pick(incidentMoves[move]),
    withoutForm: (move) => (moveFields[move]?.length === 0 ? {} : null),
    possible: (move, after) => after.moves.includes(move),
    perform: (move, values, version, key) =>
      call(moveIncident, { params: { id: incident.id }, body: bodyOfMove(move, values, version, key) }),
  });
  const usable = incident.moves.filter((move) => moveFields[move] !== null);
  const steps = stepMoves.filter((move) => usable.includes(move));
  const others = usable.filter((move) => !steps.includes(move));
  if (usable.length === 0 && !moving.inConflict) return null;
  // Dispatching accepts and registers by itself, so it is the main button while it is possible.
  const primary = canDispatch(incident.state, []) === 'first' ? undefined : steps[0];
  return (
    <section className="moves" aria-label={t.title}>
      {moving.trouble}
      <div className="moves-buttons">
        {steps.map((move) => (
          <Button
            key={move}
            type={move === primary ? 'primary' : 'default'}
            loading={moving.isBusy(move)}
            onClick={() => moving.start(move)}
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
                onClick: () => moving.start(move),
              })),
            }}
          >
            <Button data-testid="more-moves">{t.more} ▾</Button>
          </Dropdown>
        ) : null}
      </div>
      {moving.form ? <MoveForm key={moving.form.move} {...moving.form} /> : null}
    </section>
  );
}
