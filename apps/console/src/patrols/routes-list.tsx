import { endPatrolRoute, listPatrolRoutes, listRounds, type PatrolRoute } from '@wangge/patrols/contract';
import { patrolTexts, shellTexts } from '@wangge/texts/console';
import {
  EmptyBlock,
  ErrorBlock,
  formatTime,
  LoadingBlock,
  StaleTag,
  useCall,
  useLang,
  useSend,
  useTexts,
} from '@wangge/ui';
import { App, Button, Checkbox, Table } from 'antd';
import { useState } from 'react';
import { rowCards } from '../common/row-cards.ts';
import { FormProblem } from '../common/form-problem.tsx';
import { daysText, windowText } from './day-time.ts';

/** Every route of the areas that one leads. */
export function RoutesList({ onEdit }: { onEdit: (route: PatrolRoute) => void }) {
  const t = useTexts(patrolTexts);
  const shell = useTexts(shellTexts);
  const { lang } = useLang();
  const { message, modal } = App.useApp();
  const [ended, setEnded] = useState(false);
  const live = { types: ['patrols.changed'] };
  const list = useCall(listPatrolRoutes, { query: ended ? { ended: '1' } : {} }, { live });
  const end = useSend(endPatrolRoute, [listPatrolRoutes, listRounds]);
  const ask = (route: PatrolRoute): void => {
    void modal.confirm({
      title: t.endAsk(route.name),
      content: t.endHint,
      okText: t.end,
      cancelText: shell.cancel,
      onOk: () => end.mutate({ params: { id: route.id } }, { onSuccess: () => void message.success(t.endDone) }),
    });
  };
  const columns = [
    { title: t.name, dataIndex: 'name', key: 'name' },
    { title: t.area, dataIndex: 'areaName', key: 'area' },
    {
      title: t.days,
      key: 'days',
      render: (_: unknown, r: PatrolRoute) => daysText(r.days, t, lang === 'zh' ? '、' : ', '),
    },
    { title: t.time, key: 'time', render: (_: unknown, r: PatrolRoute) => windowText(r.fromMin, r.toMin, t.nextDay) },
    { title: t.who, key: 'who', render: (_: unknown, r: PatrolRoute) => r.accountName ?? t.everybody },
    {
      title: t.points,
      key: 'points',
      align: 'right' as const,
      render: (_: unknown, r: PatrolRoute) => r.points.length,
    },
    {
      title: t.changedTitle,
      key: 'changed',
      render: (_: unknown, r: PatrolRoute) => t.changed(r.changedByName, formatTime(r.changedAtMs)),
    },
    {
      title: '',
      key: 'acts',
      render: (_: unknown, r: PatrolRoute) =>
        r.endedAtMs === null ? (
          <span className="patrol-acts">
            <Button size="small" aria-label={`${t.edit} ${r.name}`} onClick={() => onEdit(r)}>
              {t.edit}
            </Button>
            <Button size="small" aria-label={`${t.end} ${r.name}`} onClick={() => ask(r)}>
              {t.end}
            </Button>
          </span>
        ) : (
          <span className="muted">{t.ended}</span>
        ),
    },
  ];
  return (
    <>
      <p>
        <Checkbox checked={ended} onChange={(event) => setEnded(event.target.checked)}>
          {t.showEnded}
        </Checkbox>{' '}
        <StaleTag atMs={list.dataUpdatedAt} />
      </p>
      <FormProblem error={end.error} />
      {list.data === undefined ? (
        list.error ? (
          <ErrorBlock error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <LoadingBlock rows={6} />
        )
      ) : list.data.routes.length === 0 ? (
        <EmptyBlock title={t.emptyRoutes}>
          <p>{t.emptyRoutesHint}</p>
        </EmptyBlock>
      ) : (
        <div className="patrol-table" data-testid="patrol-routes">
          <Table<PatrolRoute>
            className="row-cards"
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={list.data.routes}
            columns={rowCards(columns)}
          />
        </div>
      )}
    </>
  );
}
