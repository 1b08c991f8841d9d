import { readWhistleFigures, type WhistleFigures } from '@wangge/dispatch/contract';
import { whistleTexts } from '@wangge/texts/console';
import { dayStart, EmptyBlock, ErrorBlock, LoadingBlock, StaleTag, useCall, useNow, useTexts } from '@wangge/ui';
import { Segmented, Table } from 'antd';
import { useState } from 'react';
import { rowCards } from '../common/row-cards.ts';
import { Page } from '../shell/page.tsx';
import '../joint.css';
import { averageOf, inTimeShare } from './whistle-rates.ts';

const spans = [30, 90, 365] as const;
const dayMs = 86_400_000;
const permission = 'dispatch.whistle-figures';

/** How departments answer whistles: who comes, in time, how fast, and how the town found them. */
export function WhistleFiguresPage() {
  const t = useTexts(whistleTexts).figures;
  const [days, setDays] = useState<number>(90);
  const fromMs = dayStart(useNow(60_000)) - (days - 1) * dayMs;
  const live = { types: ['dispatch.whistle-changed'] };
  const figures = useCall(readWhistleFigures, { query: { fromMs } }, { live, keepPrevious: true });
  const tools = (
    <>
      <StaleTag atMs={figures.dataUpdatedAt} />
      <Segmented
        aria-label={t.range}
        value={days}
        options={spans.map((n) => ({ value: n, label: n === 365 ? t.year : t.days(n) }))}
        onChange={setDays}
      />
    </>
  );
  const percent = (share: number | null): string => (share === null ? t.none : `${Math.round(share * 100)} %`);
  const columns = [
    { title: t.department, dataIndex: 'departmentName', key: 'name' },
    { title: t.asked, dataIndex: 'asked', align: 'right' as const },
    { title: t.inTime, dataIndex: 'inTime', align: 'right' as const },
    { title: t.late, dataIndex: 'late', align: 'right' as const },
    { title: t.absent, dataIndex: 'absent', align: 'right' as const },
    { title: t.awaited, dataIndex: 'awaited', align: 'right' as const },
    {
      title: t.rate,
      key: 'rate',
      align: 'right' as const,
      render: (_: unknown, row: WhistleFigures) => percent(inTimeShare(row)),
    },
    {
      title: t.median,
      key: 'median',
      align: 'right' as const,
      render: (_: unknown, row: WhistleFigures) =>
        row.medianMin === null ? t.none : t.minutes(row.medianMin.toFixed(row.medianMin < 10 ? 1 : 0)),
    },
    {
      title: t.average,
      key: 'average',
      align: 'right' as const,
      render: (_: unknown, row: WhistleFigures) => {
        const average = averageOf(row);
        return average === null ? (
          t.none
        ) : (
          <span>
            <strong>{average.toFixed(1)}</strong> <span className="muted">{t.rated(row.rated)}</span>
          </span>
        );
      },
    },
  ];
  return (
    <Page title={t.title} permission={permission} tools={tools}>
      {figures.data === undefined ? (
        figures.error ? (
          <ErrorBlock error={figures.error} onRetry={() => void figures.refetch()} />
        ) : (
          <LoadingBlock rows={6} />
        )
      ) : figures.data.departments.length === 0 ? (
        <EmptyBlock title={t.empty} />
      ) : (
        <div className="whistle-figures" data-testid="whistle-figures">
          <Table<WhistleFigures>
            className="row-cards"
            size="small"
            rowKey="departmentId"
            pagination={false}
            dataSource={figures.data.departments}
            columns={rowCards(columns)}
          />
        </div>
      )}
    </Page>
  );
}
