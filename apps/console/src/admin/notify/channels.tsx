import { channelKinds, deleteChannel, listChannels, messageKinds, type NotifyChannel } from '@wangge/notify/contract';
import { notifyAdminTexts, shellTexts } from '@wangge/texts/console';
import { EmptyBlock, ErrorBlock, formatTime, LoadingBlock, useCall, usePick, useSend, useTexts } from '@wangge/ui';
import { App, Button, Popconfirm, Table } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { rowCards } from '../../common/row-cards.ts';
import { ChannelForm } from './channel-form.tsx';
import { TestDialog } from './test-dialog.tsx';

/** What is set up; secrets are named as set and never shown. */
export function Channels() {
  const t = useTexts(notifyAdminTexts);
  const shell = useTexts(shellTexts);
  const pick = usePick();
  const { message } = App.useApp();
  const list = useCall(listChannels, {});
  const remove = useSend(deleteChannel, [listChannels]);
  const [editing, setEditing] = useState<NotifyChannel | 'new' | null>(null);
  const [testing, setTesting] = useState<NotifyChannel | null>(null);
  if (!list.data)
    return list.error ? (
      <ErrorBlock error={list.error} onRetry={() => void list.refetch()} />
    ) : (
      <LoadingBlock rows={6} />
    );
  const { channels, sms } = list.data;
  return (
    <>
      <p>{t.lead}</p>
      <p role="status" className={sms === 'none' ? 'notify-warning' : 'muted'}>
        {sms === 'none' ? '⚠ ' : ''}
        {t.smsBy[sms]}
      </p>
      <Button type="primary" onClick={() => setEditing('new')}>
        {t.add}
      </Button>
      <FormProblem error={remove.error} />
      {channels.length === 0 ? (
        <EmptyBlock title={t.none} />
      ) : (
        <Table<NotifyChannel>
          size="small"
          rowKey="id"
          pagination={false}
          className="gap row-cards"
          scroll={{ x: 820 }}
          dataSource={channels}
          columns={rowCards<NotifyChannel>([
            { title: t.name, dataIndex: 'name' },
            { title: t.kind, render: (_, row) => pick(channelKinds[row.kind]) },
            { title: t.target, render: (_, row) => <code>{row.target}</code> },
            { title: t.kinds, render: (_, row) => row.kinds.map((kind) => pick(messageKinds[kind])).join('、') },
            { title: t.state, width: 90, render: (_, row) => (row.enabled ? `● ${t.on}` : `○ ${t.off}`) },
            { title: t.changed, width: 150, render: (_, row) => formatTime(row.changedAtMs) },
            {
              title: '',
              width: 230,
              render: (_, row) => (
                <span className="notify-row-tools">
                  <Button size="small" onClick={() => setTesting(row)}>
                    {t.test}
                  </Button>
                  <Button size="small" onClick={() => setEditing(row)}>
                    {shell.edit}
                  </Button>
                  <Popconfirm
                    title={t.removeSure}
                    okText={t.remove}
                    cancelText={shell.cancel}
                    onConfirm={() =>
                      remove.mutate({ params: { id: row.id } }, { onSuccess: () => void message.success(t.removed) })
                    }
                  >
                    <Button size="small" danger>
                      {t.remove}
                    </Button>
                  </Popconfirm>
                </span>
              ),
            },
          ])}
        />
      )}
      {editing === null ? null : (
        <ChannelForm channel={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
      {testing === null ? null : <TestDialog channel={testing} onClose={() => setTesting(null)} />}
    </>
  );
}
