import {
  deliveryChannelNames,
  deliveryStateNames,
  deliveryStates,
  deliveryTotals,
  listDeliveries,
  retryDelivery,
  type Delivery,
  type DeliveryChannel,
  type DeliveryState,
} from '@wangge/notify/contract';
import { notifyAdminTexts } from '@wangge/texts/console';
import { formatExact, formatTime, usePick, useSend, useTexts } from '@wangge/ui';
import { App, Button, Select } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { PagedTable } from '../../common/paged-table.tsx';
import { usePages } from '../../common/use-pages.ts';
import { useChannelName } from './channel-name.ts';
import { Totals } from './totals.tsx';

const dayMs = 86_400_000;
const midnight = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);

/** Every delivery with every attempt at it; addresses are masked, texts are not shown. */
export function Deliveries() {
  const t = useTexts(notifyAdminTexts);
  const pick = usePick();
  const nameOf = useChannelName();
  const { message } = App.useApp();
  const [channel, setChannel] = useState<DeliveryChannel | undefined>();
  const [state, setState] = useState<DeliveryState | undefined>();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const pages = usePages<Delivery>(listDeliveries, {
    ...(channel ? { channel } : {}),
    ...(state ? { state } : {}),
    ...(from === '' ? {} : { fromMs: midnight(from) }),
    ...(to === '' ? {} : { toMs: midnight(to) + dayMs }),
  });
  const retry = useSend(retryDelivery, [listDeliveries, deliveryTotals]);
  const templates: Readonly<Record<string, string>> = t.templates;
  return (
    <>
      <Totals />
      <div className="filters-line">
        <Select<DeliveryChannel>
          aria-label={t.channel}
          placeholder={t.channel}
          allowClear
          value={channel ?? null}
          onChange={(next: DeliveryChannel | undefined) => setChannel(next)}
          options={deliveryChannelNames.map((value) => ({ value, label: nameOf(value) }))}
        />
        <Select<DeliveryState>
          aria-label={t.state}
          placeholder={t.state}
          allowClear
          value={state ?? null}
          onChange={(next: DeliveryState | undefined) => setState(next)}
          options={deliveryStateNames.map((value) => ({ value, label: pick(deliveryStates[value]) }))}
        />
        <label className="field-inline">
          {t.from_} <input type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
        </label>
        <label className="field-inline">
          {t.to} <input type="date" value={to} onChange={(event) => setTo(event.target.value)} />
        </label>
      </div>
      <FormProblem error={retry.error} />
      <PagedTable<Delivery>
        pages={pages}
        rowKey="id"
        empty={t.empty}
        minWidth={960}
        expandable={{
          rowExpandable: (row) => row.attempts.length > 0,
          expandedRowRender: (row) => <Attempts row={row} />,
        }}
        columns={[
          { title: t.time, width: 150, render: (_, row) => formatTime(row.atMs) },
          { title: t.channel, width: 110, render: (_, row) => nameOf(row.channel) },
          {
            title: t.template,
            render: (_, row) => (
              <>
                {row.urgent ? <b className="wg-urgent">{t.urgent} </b> : null}
                {templates[row.template] ?? row.template}
              </>
            ),
          },
          { title: t.receiver, render: (_, row) => [row.receiver, row.target].filter(Boolean).join(' · ') },
          {
            title: t.state,
            width: 130,
            render: (_, row) => (
              <>
                {{ waiting: '◐', sent: '✓', failed: '✕', skipped: '–' }[row.state]} {pick(deliveryStates[row.state])}
                {row.nextAtMs === null ? null : <small className="muted"> {t.next(formatTime(row.nextAtMs))}</small>}
              </>
            ),
          },
          { title: t.attempts, width: 70, render: (_, row) => row.attempts.length },
          { title: t.answer, render: (_, row) => row.answer ?? '' },
          {
            title: '',
            width: 110,
            render: (_, row) =>
              row.state === 'failed' ? (
                <Button
                  size="small"
                  onClick={() =>
                    retry.mutate({ params: { id: row.id } }, { onSuccess: () => void message.success(t.retried) })
                  }
                >
                  {t.retry}
                </Button>
              ) : null,
          },
        ]}
      />
    </>
  );
}

function Attempts({ row }: { row: Delivery }) {
  const t = useTexts(notifyAdminTexts);
  return (
    <ol className="notify-attempts">
      {row.attempts.map((attempt) => (
        <li key={attempt.n}>
          {t.attempt(attempt.n)} · {formatExact(attempt.begunAtMs)} ·{' '}
          {attempt.ok === null ? t.running : attempt.answer === 'interrupted' ? t.interrupted : attempt.answer}
        </li>
      ))}
    </ol>
  );
}
