import { call } from '@wangge/client';
import { moveOrder, orderMoves, type Order, type OrderMove, type OrderMoveBody } from '@wangge/dispatch/contract';
import type { Incident } from '@wangge/incidents/contract';
import { incidentTexts } from '@wangge/texts/console';
import { usePick, useTexts } from '@wangge/ui';
import { App, Button } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../common/form-problem.tsx';
import { ConflictNote } from './conflict-note.tsx';
import { orderFields } from './order-fields.ts';
import { OrderForm, type OrderValues } from './order-form.tsx';
import { useGuarded } from './use-guarded.ts';

/** The moves of one order that the server allows this person now. */
export function OrderMoves({ incident, order }: { incident: Incident; order: Order }) {
  const t = useTexts(incidentTexts).move;
  const pick = usePick();
  const { message } = App.useApp();
  const guarded = useGuarded();
  const [asked, setAsked] = useState<OrderMove | null>(null);
  const [last, setLast] = useState<{ move: OrderMove; values: OrderValues } | null>(null);

  const send = async (seen: Incident, move: OrderMove, values: OrderValues): Promise<void> => {
    setLast({ move, values });
    const done = await guarded.run(seen, (_, clientKey) => {
      const body = { move, version: order.version, clientKey, ...values } as OrderMoveBody;
      return call(moveOrder, { params: { id: order.id }, body });
    });
    if (!done) return;
    setAsked(null);
    void message.success(t.done(pick(orderMoves[move])));
  };
  const start = (move: OrderMove): void => {
    guarded.clear();
    if (orderFields[move]?.length === 0) void send(incident, move, {});
    else setAsked(move);
  };
  const usable = order.moves.filter((move) => orderFields[move] !== null);
  const conflict = guarded.conflict;
  if (usable.length === 0 && !conflict) return null;
  return (
    <>
      {conflict && last ? (
        <ConflictNote
          conflict={conflict}
          possible={order.moves.includes(last.move)}
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
        {usable.map((move) => (
          <Button
            key={move}
            size="small"
            loading={guarded.busy && last?.move === move && asked === null}
            onClick={() => start(move)}
            data-testid={`order-${move}`}
          >
            {pick(orderMoves[move])}
          </Button>
        ))}
      </div>
      {asked !== null && !conflict ? (
        <OrderForm
          key={asked}
          incident={incident}
          order={order}
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
    </>
  );
}
