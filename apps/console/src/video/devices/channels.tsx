import { shellTexts, videoRecordTexts } from '@wangge/texts/console';
import { EmptyBlock, ErrorBlock, LoadingBlock, useCall, useSend, useTexts } from '@wangge/ui';
import { type GbChannel, type GbDevice, listGbChannels, listGbDevices, refreshGbCatalog } from '@wangge/video/contract';
import { App, Button, Modal, Table } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { rowCards } from '../../common/row-cards.ts';
import { CameraForm } from '../cameras/camera-form.tsx';

/** What a device said it has; each can be entered as a camera. */
export function Channels({ device, onClose }: { device: GbDevice; onClose: () => void }) {
  const t = useTexts(videoRecordTexts);
  const shell = useTexts(shellTexts);
  const { message } = App.useApp();
  const input = { params: { id: device.deviceId } };
  const list = useCall(listGbChannels, input, { live: { types: ['video.gb-device-changed'] } });
  const refresh = useSend(refreshGbCatalog, [listGbChannels, listGbDevices]);
  const [entered, setEntered] = useState<GbChannel | null>(null);
  if (entered) return <CameraForm camera={null} channel={entered} onClose={() => setEntered(null)} />;
  return (
    <Modal
      open
      width={820}
      title={t.channelsOf(device.name)}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{shell.close}</Button>}
    >
      <Button
        loading={refresh.isPending}
        disabled={!device.online}
        onClick={() =>
          refresh.mutate(input, {
            onSuccess: ({ channels, complete }) =>
              void (complete ? message.success(t.refreshed(channels)) : message.warning(t.incomplete)),
          })
        }
      >
        {t.refresh}
      </Button>
      <FormProblem error={refresh.error} />
      {list.data === undefined ? (
        list.error ? (
          <ErrorBlock error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <LoadingBlock rows={4} />
        )
      ) : list.data.items.length === 0 ? (
        <EmptyBlock title={t.channelsEmpty} />
      ) : (
        <Table<GbChannel>
          size="small"
          className="gap row-cards"
          rowKey="channelId"
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          dataSource={list.data.items}
          columns={rowCards<GbChannel>([
            {
              title: t.name,
              key: 'name',
              render: (_, c) => (
                <>
                  <strong>{c.name}</strong> <span className="muted">{c.channelId}</span>
                </>
              ),
            },
            { title: t.state, key: 'state', render: (_, c) => (c.online ? `● ${t.online}` : `○ ${t.offline}`) },
            { title: t.maker, key: 'maker', render: (_, c) => c.manufacturer ?? '—' },
            {
              title: t.actions,
              key: 'actions',
              render: (_, c) =>
                c.cameraId === null ? (
                  <Button size="small" onClick={() => setEntered(c)}>
                    {t.enter}
                  </Button>
                ) : (
                  t.entered
                ),
            },
          ])}
        />
      )}
    </Modal>
  );
}
