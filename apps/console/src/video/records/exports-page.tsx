import { type CallError, download, isCallError } from '@wangge/client';
import { videoRecordTexts, videoTexts } from '@wangge/texts/console';
import { formatTime, usePick, useTexts } from '@wangge/ui';
import { downloadExport, exportStates, listExports, type VideoExport, viewPurposes } from '@wangge/video/contract';
import { Button, Progress, Segmented } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { PagedTable } from '../../common/paged-table.tsx';
import { saveFile } from '../../common/save-file.ts';
import { usePages } from '../../common/use-pages.ts';
import { Page } from '../../shell/page.tsx';
import { formatBytes } from '../common.ts';
import { Locks } from './locks.tsx';
import { spanText } from './span-text.ts';

type View = 'exports' | 'locks';

/** Copies that were taken, and stretches that are kept beyond their time. */
export function ExportsPage() {
  const t = useTexts(videoRecordTexts);
  const title = useTexts(videoTexts).pages.exports;
  const [view, setView] = useState<View>('exports');
  const tools = (
    <Segmented<View>
      aria-label={t.view}
      value={view}
      options={(['exports', 'locks'] as const).map((value) => ({ value, label: t.views[value] }))}
      onChange={setView}
    />
  );
  return (
    <Page title={title} permission="video.export" tools={tools}>
      {view === 'exports' ? <Exports /> : <Locks />}
    </Page>
  );
}

function Exports() {
  const t = useTexts(videoRecordTexts);
  const pick = usePick();
  const pages = usePages<VideoExport>(listExports, {}, { live: { types: ['video.export-changed'] } });
  const [loading, setLoading] = useState<string | null>(null);
  const [problem, setProblem] = useState<CallError | null>(null);
  const fetchFile = async (id: string): Promise<void> => {
    setLoading(id);
    setProblem(null);
    try {
      const { file, name } = await download(downloadExport, { params: { id } });
      saveFile(file, name);
    } catch (error) {
      if (!isCallError(error)) throw error;
      setProblem(error);
    } finally {
      setLoading(null);
    }
  };
  const columns = [
    { title: t.camera, key: 'camera', render: (_: unknown, e: VideoExport) => e.cameraName },
    { title: t.span, key: 'span', render: (_: unknown, e: VideoExport) => spanText(e.fromMs, e.toMs) },
    {
      title: t.reason,
      key: 'reason',
      render: (_: unknown, e: VideoExport) => `${pick(viewPurposes[e.purpose])} · ${e.reason}`,
    },
    {
      title: t.by,
      key: 'by',
      render: (_: unknown, e: VideoExport) => `${e.byName} ${formatTime(e.requestedAtMs)}`,
    },
    {
      title: t.state,
      key: 'state',
      render: (_: unknown, e: VideoExport) => (
        <>
          {pick(exportStates[e.state])}
          {e.state === 'running' && e.percent !== null ? (
            <Progress percent={e.percent} size="small" aria-label={pick(exportStates.running)} />
          ) : null}
          {e.error ? <div className="video-link-faulty">! {pick(e.error)}</div> : null}
          {e.sha256 === null ? null : (
            <div className="muted" title={e.sha256}>
              {t.checksum(e.sha256.slice(0, 12))}
            </div>
          )}
        </>
      ),
    },
    {
      title: t.actions,
      key: 'actions',
      render: (_: unknown, e: VideoExport) =>
        e.state === 'ready' ? (
          <>
            <Button size="small" loading={loading === e.id} onClick={() => void fetchFile(e.id)}>
              {loading === e.id ? t.downloading : t.download}
              {e.bytes === null ? '' : ` ${formatBytes(e.bytes)}`}
            </Button>
            {e.expiresAtMs === null ? null : <div className="muted">{t.until(formatTime(e.expiresAtMs))}</div>}
          </>
        ) : null,
    },
  ];
  return (
    <>
      <FormProblem error={problem} />
      <PagedTable<VideoExport> columns={columns} pages={pages} rowKey="id" empty={t.exportsEmpty} minWidth={960} />
    </>
  );
}
