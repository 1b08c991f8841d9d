import { readRates, type RateRow } from '@wangge/incidents/contract';
import { ratesTexts } from '@wangge/texts/console';
import { ErrorBlock, LoadingBlock, useCall, useTexts } from '@wangge/ui';
import { Segmented, Table } from 'antd';
import { useState } from 'react';
import { rowCards } from '../common/row-cards.ts';

interface Props {
  readonly query: { readonly fromMs: number; readonly toMs: number; readonly areaId?: string };
}
const points = (value: number | null): string => (value === null ? '–' : value.toFixed(1));
const percent = (value: number | null): string => (value === null ? '–' : `${(value * 100).toFixed(1)}%`);

/** Opinions of reporters and reopenings by area or department: reckoned, nowhere typed in. */
export function Rates({ query }: Props) {
  const t = useTexts(ratesTexts);
  const [by, setBy] = useState<'area' | 'department'>('area');
  const rates = useCall(readRates, { query: { ...query, by } }, { keepPrevious: true });
  return (
    <section className="panel" aria-labelledby="rates-title" data-testid="rates">
      <h2 id="rates-title">{t.title}</h2>
      <p className="muted">{t.lead}</p>
      <Segmented
        className="rates-by"
        aria-label={t.by}
        value={by}
        options={[
          { value: 'area', label: t.area },
          { value: 'department', label: t.department },
        ]}
        onChange={(next) => setBy(next === 'department' ? 'department' : 'area')}
      />
      {rates.data ? (
        <Table<RateRow>
          className="row-cards gap"
          size="small"
          rowKey={(row) => row.id ?? row.name}
          pagination={false}
          locale={{ emptyText: t.none }}
          dataSource={rates.data.rows}
          columns={rowCards<RateRow>([
            { title: t.name, render: (_, row) => row.name || t.noDepartment },
            { title: t.closed, align: 'right', render: (_, row) => row.closed },
            { title: t.ratings, align: 'right', render: (_, row) => row.ratings },
            { title: t.response, align: 'right', render: (_, row) => points(row.response) },
            { title: t.resolved, align: 'right', render: (_, row) => percent(row.resolvedRate) },
            { title: t.satisfied, align: 'right', render: (_, row) => points(row.satisfied) },
            { title: t.asked, align: 'right', render: (_, row) => row.asked },
            { title: t.reopened, align: 'right', render: (_, row) => row.reopened },
            { title: t.reopenRate, align: 'right', render: (_, row) => percent(row.reopenRate) },
          ])}
        />
      ) : rates.error ? (
        <ErrorBlock error={rates.error} onRetry={() => void rates.refetch()} />
      ) : (
        <LoadingBlock rows={4} />
      )}
    </section>
  );
}
