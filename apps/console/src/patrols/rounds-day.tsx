import { type GridFigures, listRounds, type Round, roundStates } from '@wangge/patrols/contract';
import { patrolTexts } from '@wangge/texts/console';
import {
  EmptyBlock,
  ErrorBlock,
  formatClock,
  formatEnd,
  LoadingBlock,
  StaleTag,
  useCall,
  usePick,
  useTexts,
} from '@wangge/ui';
import { Table } from 'antd';
import { useState } from 'react';
import { rowCards } from '../common/row-cards.ts';
import { rateOf } from './day-time.ts';
import { RoundDetail } from './round-detail.tsx';

/** The rounds of one day: rate by grid, then each round with what was missed; a round that was asked for lies open. */
export function RoundsDay({ roundId }: { roundId: string | null }) {
  const t = useTexts(patrolTexts);
  const pick = usePick();
  const [day, setDay] = useState('');
  const live = { types: ['patrols.changed'] };
  const query = day !== '' ? { day } : roundId === null ? {} : { roundId };
  const answer = useCall(listRounds, { query }, { live, keepPrevious: true });
  const right = 'right' as const;
  const figures = [
    { title: t.area, dataIndex: 'areaName', key: 'area' },
    { title: t.rounds, dataIndex: 'rounds', key: 'rounds', align: right },
    { title: t.points, dataIndex: 'points', key: 'points', align: right },
    { title: t.done, dataIndex: 'done', key: 'done', align: right },
    { title: t.missed, dataIndex: 'missed', key: 'missed', align: right },
    {
      title: t.rate,
      key: 'rate',
      align: right,
      render: (_: unknown, g: GridFigures) => {
        const rate = rateOf(g);
        return rate === null ? t.none : `${Math.round(rate * 100)} %`;
      },
    },
  ];
  const missedOf = (round: Round): string =>
    round.points
      .filter((p) => p.state === 'missed')
      .map((p) => p.name)
      .join('、');
  const columns = [
    { title: t.route, dataIndex: 'routeName', key: 'route' },
    { title: t.member, dataIndex: 'accountName', key: 'member' },
    { title: t.area, dataIndex: 'areaName', key: 'area' },
    {
      title: t.time,
      key: 'time',
      render: (_: unknown, r: Round) =>
        `${formatClock(r.startsAtMs)}–${formatEnd(r.startsAtMs, r.endsAtMs, t.nextDay)}`,
    },
    {
      title: t.state,
      key: 'state',
      render: (_: unknown, r: Round) => (
        <span className={`clock-state patrol-${r.state}`}>{pick(roundStates[r.state])}</span>
      ),
    },
    {
      title: t.progress,
      key: 'progress',
      align: right,
      render: (_: unknown, r: Round) => `${r.points.filter((p) => p.state === 'done').length}/${r.points.length}`,
    },
    { title: t.missedPoints, key: 'missed', render: (_: unknown, r: Round) => missedOf(r) || t.none },
  ];
  return (
    <>
      <p className="patrol-day">
        <label>
          {t.day}
          <input
            type="date"
            value={day === '' ? (answer.data?.day ?? '') : day}
            onChange={(e) => setDay(e.target.value)}
          />
        </label>
        <StaleTag atMs={answer.dataUpdatedAt} />
      </p>
      {answer.data === undefined ? (
        answer.error ? (
          <ErrorBlock error={answer.error} onRetry={() => void answer.refetch()} />
        ) : (
          <LoadingBlock rows={6} />
        )
      ) : answer.data.rounds.length === 0 ? (
        <EmptyBlock title={t.emptyRounds} />
      ) : (
        <div data-testid="patrol-rounds">
          <div className="patrol-table">
            <Table<GridFigures>
              className="row-cards"
              size="small"
              rowKey="areaId"
              pagination={false}
              dataSource={answer.data.areas}
              columns={rowCards(figures)}
            />
          </div>
          <div className="patrol-table">
            <Table<Round>
              className="row-cards"
              size="small"
              rowKey="id"
              pagination={false}
              dataSource={answer.data.rounds}
              columns={rowCards(columns)}
              expandable={{
                expandedRowRender: (round) => <RoundDetail round={round} />,
                defaultExpandedRowKeys: roundId === null ? [] : [roundId],
              }}
            />
          </div>
        </div>
      )}
    </>
  );
}
