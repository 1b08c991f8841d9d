import { shellTexts, videoRecordTexts, videoTexts } from '@wangge/texts/console';
import { ErrorBlock, LoadingBlock, relativeTime, useCall, useLang, useNow, useSend, useTexts } from '@wangge/ui';
import { deleteGbDevice, type GbDevice, listGbDevices, readGbServer } from '@wangge/video/contract';
import { App, Button } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { PagedTable } from '../../common/paged-table.tsx';
import { usePages } from '../../common/use-pages.ts';
import { Page } from '../../shell/page.tsx';
import { Channels } from './channels.tsx';
import { DeviceForm } from './device-form.tsx';

/** Devices that register by GB/T 28181: what they have to be told, which came, what stands behind them. */
export function DevicesPage() {
  const t = useTexts(videoRecordTexts);
  const shell = useTexts(shellTexts);
  const title = useTexts(videoTexts).pages.devices;
  const { lang } = useLang();
  const { modal } = App.useApp();
  const nowMs = useNow(10_000);
  const pages = usePages<GbDevice>(listGbDevices, {}, { live: { types: ['video.gb-device-changed'] } });
  const remove = useSend(deleteGbDevice, [listGbDevices]);
  const [edited, setEdited] = useState<GbDevice | 'new' | null>(null);
  const [opened, setOpened] = useState<GbDevice | null>(null);
  const columns = [
    {
      title: t.name,
      key: 'name',
      render: (_: unknown, d: GbDevice) => (
        <>
          <strong>{d.name}</strong>
          <div className="muted">{d.deviceId}</div>
        </>
      ),
    },
    {
      title: t.state,
      key: 'online',
      render: (_: unknown, d: GbDevice) => (
        <>
          <span className={d.online ? 'video-link-online' : 'video-link-offline'}>
            <span aria-hidden="true">{d.online ? '●' : '○'}</span> {d.online ? t.online : t.offline}
          </span>
          <div className="muted">
            {d.registeredAtMs === null
              ? t.never
              : [
                  d.lastKeepaliveAtMs === null ? null : t.keepalive(relativeTime(d.lastKeepaliveAtMs, nowMs, lang)),
                  d.offlineReason,
                ]
                  .filter(Boolean)
                  .join(' · ')}
          </div>
        </>
      ),
    },
    {
      title: t.maker,
      key: 'maker',
      render: (_: unknown, d: GbDevice) => [d.manufacturer, d.model, d.transport].filter(Boolean).join(' · ') || '—',
    },
    {
      title: t.channels,
      key: 'channels',
      render: (_: unknown, d: GbDevice) => (
        <Button size="small" onClick={() => setOpened(d)}>
          {d.channels}
          {d.unentered > 0 ? ` · ${t.unentered(d.unentered)}` : ''}
        </Button>
      ),
    },
    {
      title: t.actions,
      key: 'actions',
      render: (_: unknown, d: GbDevice) => (
        <div className="video-tools">
          <Button size="small" onClick={() => setEdited(d)}>
            {shell.edit}
          </Button>
          <Button
            size="small"
            onClick={() =>
              void modal.confirm({
                title: t.removeAsk(d.name),
                content: t.removeHint,
                okText: t.remove,
                cancelText: shell.cancel,
                onOk: () => remove.mutate({ params: { id: d.deviceId } }),
              })
            }
          >
            {t.remove}
          </Button>
        </div>
      ),
    },
  ];
  const tools = (
    <Button type="primary" onClick={() => setEdited('new')}>
      {t.addDevice}
    </Button>
  );
  return (
    <Page title={title} permission="video.edit" tools={tools}>
      <ServerFacts />
      <FormProblem error={remove.error} />
      <PagedTable<GbDevice> columns={columns} pages={pages} rowKey="deviceId" empty={t.devicesEmpty} minWidth={820} />
      {edited === null ? null : (
        <DeviceForm device={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
      {opened === null ? null : <Channels device={opened} onClose={() => setOpened(null)} />}
    </Page>
  );
}

function ServerFacts() {
  const t = useTexts(videoRecordTexts);
  const { data, error, refetch } = useCall(readGbServer, {});
  if (!data) return error ? <ErrorBlock error={error} onRetry={() => void refetch()} /> : <LoadingBlock rows={2} />;
  return (
    <section aria-label={t.server}>
      <p>
        <strong>{t.server}</strong>{' '}
        <span className={data.running ? 'video-link-online' : 'video-link-faulty'}>
          <span aria-hidden="true">{data.running ? '●' : '!'}</span> {data.running ? t.running : t.stopped}
        </span>
      </p>
      <dl className="video-facts">
        {(['serverId', 'domain', 'host', 'port'] as const).map((fact) => (
          <div key={fact}>
            <dt>{t.serverFacts[fact]}</dt>
            <dd>{data[fact]}</dd>
          </div>
        ))}
      </dl>
      <p className="muted">{t.devicesHint}</p>
    </section>
  );
}
