import { deliveryStateNames, deliveryStates, deliveryTotals, type DeliveryState } from '@wangge/notify/contract';
import { notifyAdminTexts } from '@wangge/texts/console';
import { ErrorBlock, LoadingBlock, useCall, usePick, useTexts } from '@wangge/ui';
import { useChannelName } from './channel-name.ts';

/** How many went out by each way and day. */
export function Totals() {
  const t = useTexts(notifyAdminTexts);
  const pick = usePick();
  const nameOf = useChannelName();
  const totals = useCall(deliveryTotals, { query: {} });
  if (!totals.data)
    return totals.error ? (
      <ErrorBlock error={totals.error} onRetry={() => void totals.refetch()} />
    ) : (
      <LoadingBlock rows={2} />
    );
  const rows = new Map<string, { day: string; channel: string; counts: Map<DeliveryState, number> }>();
  for (const { day, channel, state, count } of totals.data.totals) {
    const key = `${day} ${channel}`;
    const row = rows.get(key) ?? { day, channel: nameOf(channel), counts: new Map() };
    row.counts.set(state, count);
    rows.set(key, row);
  }
  return (
    <details className="notify-totals" open>
      <summary>{t.totals}</summary>
      {rows.size === 0 ? (
        <p className="muted">{t.noTotals}</p>
      ) : (
        <div className="notify-totals-scroll">
          <table data-testid="totals">
            <thead>
              <tr>
                <th scope="col">{t.day}</th>
                <th scope="col">{t.channel}</th>
                {deliveryStateNames.map((state) => (
                  <th scope="col" key={state}>
                    {pick(deliveryStates[state])}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...rows].map(([key, row]) => (
                <tr key={key}>
                  <th scope="row">{row.day}</th>
                  <td>{row.channel}</td>
                  {deliveryStateNames.map((state) => (
                    <td key={state}>{row.counts.get(state) ?? 0}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
