import type { CallError } from '@wangge/client';
import type { Order } from '@wangge/dispatch/contract';
import type { Incident } from '@wangge/incidents/contract';
import { clockTexts, incidentTexts, partTexts, ruleTexts } from '@wangge/texts/console';
import { ErrorBlock, formatTime, LoadingBlock, OrderStateTag, useTexts } from '@wangge/ui';
import { SplitButton, UnsettledPart } from './parts/part-tools.tsx';
import { OrderMoves } from './order-moves.tsx';

interface Props {
  readonly incident: Incident;
  readonly orders: readonly Order[] | null;
  readonly error: CallError | null;
  readonly onRetry: () => void;
}

/** Who was asked to do what, and how far they are. */
export function Orders({ incident, orders, error, onRetry }: Props) {
  const t = useTexts(incidentTexts).orders;
  const clock = useTexts(clockTexts).order;
  const rules = useTexts(ruleTexts);
  const parts = useTexts(partTexts);
  return (
    <section aria-labelledby="orders-title">
      <h3 id="orders-title">
        {t.title}{' '}
        {incident.parts ? (
          <span className="wg-tag wg-tag-blue" data-testid="parts">
            {parts.progress(incident.parts.done, incident.parts.total)}
          </span>
        ) : null}
      </h3>
      {orders === null ? error ? <ErrorBlock error={error} onRetry={onRetry} /> : <LoadingBlock rows={1} /> : null}
      {orders?.length === 0 ? <p className="muted">{t.none}</p> : null}
      <ul className="orders" data-testid="orders">
        {orders?.map((order) => (
          <li key={order.id} className="order">
            <div className="order-head">
              <strong>{order.partyName}</strong>
              {order.firstReceiver === true ? <span className="wg-tag wg-tag-blue">{rules.firstReceiver}</span> : null}
              <OrderStateTag state={order.state} />
              {order.part === true ? <span className="muted">{parts.part}</span> : null}
              {order.required ? null : <span className="muted">{t.optional}</span>}
              {order.pending === null ? null : <span className="muted">{t.pending[order.pending]}</span>}
              {order.handlerName === null || order.handlerName === order.partyName ? null : (
                <span className="muted">{t.handler(order.handlerName)}</span>
              )}
            </div>
            {order.task === null ? null : <p>{order.task}</p>}
            <p className="order-steps">
              {(
                [
                  [t.offered, order.offeredAtMs],
                  [t.accepted, order.acceptedAtMs],
                  [t.arrived, order.arrivedAtMs],
                  [t.responded, order.respondedAtMs],
                ] as const
              ).map(([name, atMs]) =>
                atMs === null ? null : (
                  <span key={name}>
                    {name} {formatTime(atMs)}
                  </span>
                ),
              )}
            </p>
            {order.deadlineMs == null && order.suspendedUntilMs == null && order.asked == null ? null : (
              <p className="order-steps">
                {order.deadlineMs == null ? null : <span>{clock.due(formatTime(order.deadlineMs))}</span>}
                {order.suspendedUntilMs == null ? null : (
                  <span>{clock.suspended(formatTime(order.suspendedUntilMs))}</span>
                )}
                {order.asked == null ? null : (
                  <span>{clock.asked(order.asked.byName, formatTime(order.asked.untilMs), order.asked.reason)}</span>
                )}
              </p>
            )}
            {order.response === null ? null : <p className="order-response">{order.response}</p>}
            <UnsettledPart incident={incident} orders={orders} order={order} />
            <OrderMoves incident={incident} order={order} />
          </li>
        ))}
      </ul>
      {orders === null ? null : <SplitButton incident={incident} orders={orders} />}
    </section>
  );
}
