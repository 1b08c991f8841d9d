import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { shellTexts, videoCameraTexts, videoTexts } from '@wangge/texts/console';
import { formatTime, useCall, usePick, useSend, useTexts } from '@wangge/ui';
import {
  type Camera,
  cameraClasses,
  cameraClassNames,
  cameraPins,
  linkStateNames,
  linkStates,
  listCameras,
  pauseCamera,
  readCamera,
  retireCamera,
  testCameras,
} from '@wangge/video/contract';
import { App, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { AreaSelect } from '../../common/area-select.tsx';
import { FormProblem } from '../../common/form-problem.tsx';
import { PagedTable } from '../../common/paged-table.tsx';
import { usePages } from '../../common/use-pages.ts';
import { useMay } from '../../session/me.tsx';
import { Page } from '../../shell/page.tsx';
import { LinkTag } from '../link-tag.tsx';
import { WatchDialog } from '../watch-dialog.tsx';
import { BulkTest, TestResults } from './bulk-test.tsx';
import { CameraForm } from './camera-form.tsx';
import { ImportCameras } from './import-cameras.tsx';

interface Filter {
  readonly q?: string | undefined;
  readonly areaId?: string | undefined;
  readonly class?: string | undefined;
  readonly link?: string | undefined;
  readonly lacking?: string | undefined;
  readonly retired?: string | undefined;
}
type Dialog = { kind: 'form'; camera: Camera | null } | { kind: 'import' } | { kind: 'bulk' };
const route = getRouteApi('/video/cameras');

/** The register: every camera of one's areas, its line, what the law asks for that is missing. */
export function CamerasPage() {
  const t = useTexts(videoCameraTexts);
  const shell = useTexts(shellTexts);
  const title = useTexts(videoTexts).pages.cameras;
  const pick = usePick();
  const may = useMay();
  const { modal } = App.useApp();
  const { camera: watched } = route.useSearch();
  const navigate = useNavigate();
  const watch = (id: string | null): void =>
    void navigate({ to: '/video/cameras', search: id === null ? {} : { camera: id } });
  const [filter, setFilter] = useState<Filter>({});
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [testId, setTestId] = useState<string | null>(null);
  const query = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));
  const live = { types: ['video.camera-changed'] };
  const pages = usePages<Camera>(listCameras, query, { live });
  const { data: counted } = useCall(listCameras, { query } as never, { live });
  const refresh = [listCameras, cameraPins, readCamera];
  const retire = useSend(retireCamera, refresh);
  const pause = useSend(pauseCamera, refresh);
  const test = useSend(testCameras);
  const set = (change: Filter): void => setFilter({ ...filter, ...change });
  const retired = (camera: Camera): void => {
    const body = { version: camera.version, retired: camera.retiredAtMs === null };
    const send = () => retire.mutate({ params: { id: camera.id }, body });
    if (!body.retired) return send();
    return void modal.confirm({
      title: t.retireAsk(camera.name),
      content: t.retireHint,
      okText: t.retire,
      cancelText: shell.cancel,
      onOk: send,
    });
  };
  const choice = <T extends string>(label: string, key: keyof Filter, values: readonly T[], word: (v: T) => string) => (
    <Select
      aria-label={label}
      placeholder={label}
      allowClear
      value={(filter[key] as T | undefined) ?? null}
      options={values.map((value) => ({ value, label: word(value) }))}
      onChange={(value: T | null | undefined) => set({ [key]: value ?? undefined })}
    />
  );
  const columns = [
    {
      title: t.name,
      key: 'name',
      render: (_: unknown, c: Camera) => (
        <div>
          <strong>{c.name}</strong> <span className="muted">{c.code}</span>
          <div className="muted">{[c.areaName, c.group, c.address].filter(Boolean).join(' · ')}</div>
        </div>
      ),
    },
    { title: t.class, key: 'class', render: (_: unknown, c: Camera) => pick(cameraClasses[c.class]) },
    {
      title: t.link,
      key: 'link',
      render: (_: unknown, c: Camera) => (
        <>
          {c.retiredAtMs === null ? <LinkTag link={c.link} /> : t.retired}
          {c.pausedAtMs === null ? null : <> · {t.pausedMark}</>}
          {c.linkSinceMs === null ? null : (
            <>
              <br />
              <span className="muted">
                {[t.since(formatTime(c.linkSinceMs)), c.linkReason].filter(Boolean).join(' · ')}
              </span>
            </>
          )}
        </>
      ),
    },
    {
      title: t.picture,
      key: 'picture',
      render: (_: unknown, c: Camera) => (c.codec ? `${c.codec.toUpperCase()} ${c.width}×${c.height}` : t.noCodec),
    },
    {
      title: t.duties,
      key: 'duties',
      render: (_: unknown, c: Camera) => {
        const lacking = [
          c.duties.filedOn === null ? t.lackings.filing : null,
          c.duties.signSeenOn === null ? t.lackings.sign : null,
        ].filter((word) => word !== null);
        return lacking.length === 0 ? '✓' : <span className="video-link-faulty">! {lacking.join(' · ')}</span>;
      },
    },
    {
      title: t.actions,
      key: 'actions',
      render: (_: unknown, c: Camera) => (
        <div className="video-tools">
          {c.may.watch && c.retiredAtMs === null ? (
            <Button size="small" onClick={() => watch(c.id)}>
              {t.watch}
            </Button>
          ) : null}
          {c.may.playback ? (
            <Button size="small" onClick={() => void navigate({ to: '/video/playback', search: { camera: c.id } })}>
              {t.playback}
            </Button>
          ) : null}
          {c.may.edit ? (
            <Button size="small" onClick={() => setDialog({ kind: 'form', camera: c })}>
              {t.edit}
            </Button>
          ) : null}
          {c.may.pause ? (
            <Button
              size="small"
              onClick={() => pause.mutate({ params: { id: c.id }, body: { paused: c.pausedAtMs === null } })}
            >
              {c.pausedAtMs === null ? t.pause : t.resume}
            </Button>
          ) : null}
          {c.may.edit ? (
            <Button size="small" onClick={() => retired(c)}>
              {c.retiredAtMs === null ? t.retire : t.revive}
            </Button>
          ) : null}
        </div>
      ),
    },
  ];
  const tools = may('video.edit') ? (
    <>
      <Button onClick={() => setDialog({ kind: 'bulk' })}>{t.bulk}</Button>
      <Button onClick={() => setDialog({ kind: 'import' })}>{t.import}</Button>
      <Button type="primary" onClick={() => setDialog({ kind: 'form', camera: null })}>
        {t.add}
      </Button>
    </>
  ) : null;
  const tested = pages.items?.slice(0, 500) ?? [];
  return (
    <Page title={title} permission="video.read" tools={tools}>
      <div className="video-table-tools" role="search">
        <Input.Search
          className="video-search"
          aria-label={t.search}
          placeholder={t.search}
          allowClear
          maxLength={100}
          onSearch={(q) => set({ q })}
        />
        <AreaSelect label={t.area} value={filter.areaId} onChange={(areaId) => set({ areaId })} />
        {choice(t.class, 'class', cameraClassNames, (v) => pick(cameraClasses[v]))}
        {choice(t.link, 'link', linkStateNames, (v) => pick(linkStates[v]))}
        {choice(t.lacking, 'lacking', ['filing', 'sign'] as const, (v) => t.lackings[v])}
        {choice(t.retiredFilter, 'retired', ['without', 'with', 'only'] as const, (v) => t.retiredKinds[v])}
      </div>
      <div className="video-tools">
        <span role="status">{counted ? t.total(counted.total) : ''}</span>
        {may('video.edit') && tested.length > 0 ? (
          <Button
            size="small"
            loading={test.isPending}
            onClick={() =>
              test.mutate({ body: { cameraIds: tested.map(({ id }) => id) } } as never, {
                onSuccess: ({ id }) => setTestId(id),
              })
            }
          >
            {t.testListed(tested.length)}
          </Button>
        ) : null}
      </div>
      <FormProblem error={retire.error ?? pause.error ?? test.error} />
      <PagedTable<Camera> columns={columns} pages={pages} rowKey="id" empty={t.empty} minWidth={940} />
      {watched === undefined ? null : <WatchDialog cameraId={watched} onClose={() => watch(null)} />}
      {dialog?.kind === 'form' ? <CameraForm camera={dialog.camera} onClose={() => setDialog(null)} /> : null}
      {dialog?.kind === 'import' ? <ImportCameras onClose={() => setDialog(null)} /> : null}
      {dialog?.kind === 'bulk' ? <BulkTest onClose={() => setDialog(null)} /> : null}
      {testId === null ? null : <TestResults testId={testId} onClose={() => setTestId(null)} />}
    </Page>
  );
}
