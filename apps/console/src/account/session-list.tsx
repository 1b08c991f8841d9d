import type { RouteOutput } from '@wangge/contract-kit';
import { listSessions, revokeSession } from '@wangge/staff/contract';
import { shellTexts } from '@wangge/texts/console';
import { ErrorBlock, formatTime, LoadingBlock, useCall, useSend, useTexts } from '@wangge/ui';
import { App, Button, Table } from 'antd';
import { rowCards } from '../common/row-cards.ts';
import { deviceName } from './device-name.ts';

type Session = RouteOutput<typeof listSessions>['sessions'][number];

export function SessionList() {
  const t = useTexts(shellTexts).sessions;
  const { message } = App.useApp();
  const list = useCall(listSessions, {});
  const end = useSend(revokeSession, [listSessions]);
  if (list.error && !list.data) return <ErrorBlock error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <LoadingBlock rows={2} />;
  return (
    <Table
      size="small"
      rowKey="id"
      pagination={false}
      scroll={{ x: 640 }}
      dataSource={list.data.sessions}
      className="row-cards"
      columns={rowCards<Session>([
        {
          title: t.device,
          render: (_, row) => (
            <span title={row.userAgent}>
              {deviceName(row.userAgent)} {row.current ? <strong>· {t.current}</strong> : null}
            </span>
          ),
        },
        { title: t.address, dataIndex: 'address' },
        { title: t.since, render: (_, row) => formatTime(row.createdAtMs) },
        { title: t.seen, render: (_, row) => formatTime(row.lastSeenMs) },
        {
          title: t.end,
          render: (_, row) =>
            row.current ? null : (
              <Button
                size="small"
                onClick={() =>
                  end.mutate({ params: { id: row.id } }, { onSuccess: () => void message.success(t.ended) })
                }
              >
                {t.end}
              </Button>
            ),
        },
      ])}
    />
  );
}
