import { call } from '@wangge/client';
import { moveOrder, orderMoves, type Order, type OrderMove, type OrderMoveBody } from '@wangge/dispatch/contract';
import type { Incident } from '@wangge/incidents/contract';
import { usePick } from '@wangge/ui';
import { Button } from 'antd';
import { orderFields } from './order-fields.ts';
import { OrderForm, type OrderValues } from './order-form.tsx';
import { useMoving } from './use-moving.tsx';

/** The moves of one order that the server allows this person now. */
export function OrderMoves({ incident, order }: { incident: Incident; order: Order }) {
  const pick = usePick();
  const moving = useMoving<OrderMove, OrderValues>({
    incident,
    nameOf: (move) => pick(orderMoves[move]),
    withoutForm: (move) => (orderFields[move]?.length === 0 ? {} : null),
    possible: (move) => order.moves.includes(move),
    // The order counts its own versions; the incident's is the one that is read again after a conflict.
    perform: (move, values, _, clientKey) =>
      call(moveOrder, {
        params: { id: order.id },
        body: { move, version: order.version, clientKey, ...values } as OrderMoveBody,
      }),
  });
  const usable = order.moves.filter((move) => orderFields[move] !== null);
  if (usable.length === 0 && !moving.inConflict) return null;
  return (
    <>
      {moving.trouble}
      <div className="moves-buttons">
        {usable.map((move) => (
          <Button
            key={move}
            size="small"
            loading={moving.isBusy(move)}
            onClick={() => moving.start(move)}
            data-testid={`order-${move}`}
          >
            {pick(orderMoves[move])}
          </Button>
        ))}
      </div>
      {moving.form ? <OrderForm key={moving.form.move} order={order} {...moving.form} /> : null}
    </>
  );
}
