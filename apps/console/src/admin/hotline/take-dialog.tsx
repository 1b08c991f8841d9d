import type { CallError } from '@wangge/client';
import { countIncidents, listIncidents, mapIncidents } from '@wangge/incidents/contract';
import {
  hotlineProblems,
  type HotlineReport,
  type HotlineRow,
  type HotlineSource,
  previewHotline,
  takeHotline,
} from '@wangge/integrations/contract';
import { hotlineTexts, shellTexts } from '@wangge/texts/console';
import { useLabelled, usePick, useSend, useTexts } from '@wangge/ui';
import { Alert, Modal, Table } from 'antd';
import { useState } from 'react';
import { FilePick } from '../../common/file-pick.tsx';
import { FormProblem } from '../../common/form-problem.tsx';
import { contentOf, type FileContent, fileKinds } from './file-content.ts';

/** A file is tried first, line by line; what can be taken in is, on a second press. */
export function TakeDialog({ source, onClose }: { source: HotlineSource; onClose: () => void }) {
  const t = useTexts(hotlineTexts);
  const shell = useTexts(shellTexts);
  const [file, setFile] = useState<FileContent | null>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const preview = useSend(previewHotline);
  const take = useSend(takeHotline, [listIncidents, mapIncidents, countIncidents]);
  const done = take.data ?? null;
  const report: HotlineReport | null = done ?? preview.data ?? null;
  const error: CallError | null = take.error ?? preview.error;
  const waiting = report ? report.created + report.updated : 0;

  const choose = async (picked: File): Promise<void> => {
    const content = await contentOf(picked);
    setTooLarge(content === null);
    setFile(content);
    take.reset();
    preview.reset();
    if (content) preview.mutate({ params: { id: source.id }, body: content });
  };
  return (
    <Modal
      open
      width={860}
      title={t.takeOf(source.name)}
      okText={waiting === 0 ? t.nothing : t.confirm(waiting)}
      cancelText={done ? shell.close : shell.cancel}
      maskClosable={false}
      okButtonProps={{
        disabled: !file || !preview.data || waiting === 0,
        loading: take.isPending,
        ...(done ? { className: 'hidden' } : {}),
      }}
      onCancel={onClose}
      onOk={() => file && take.mutate({ params: { id: source.id }, body: file })}
    >
      <FormProblem error={error} />
      {tooLarge ? <Alert type="error" role="alert" title={t.tooLarge} /> : null}
      {done ? (
        <Alert type="success" role="status" showIcon title={t.taken} className="gap" />
      ) : (
        <p>
          <FilePick label={report ? t.again : t.pick} accept={fileKinds} onPick={(picked) => void choose(picked)} />
        </p>
      )}
      {preview.isPending ? <p role="status">{t.checking}</p> : null}
      {report ? <ReportOf report={report} /> : null}
    </Modal>
  );
}

function ReportOf({ report }: { report: HotlineReport }) {
  const t = useTexts(hotlineTexts);
  const pick = usePick();
  const labelled = useLabelled();
  const why = (row: HotlineRow): string =>
    row.problem === null
      ? ''
      : row.value === ''
        ? pick(hotlineProblems[row.problem])
        : labelled(pick(hotlineProblems[row.problem]), row.value);
  return (
    <>
      <p role="status" data-testid="hotline-summary">
        <strong>{t.summary(report.created, report.updated, report.unchanged, report.refused)}</strong>
      </p>
      <Table<HotlineRow>
        size="small"
        rowKey="line"
        dataSource={report.rows}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: t.line, dataIndex: 'line', width: 64 },
          { title: t.outer, dataIndex: 'outerNumber' },
          {
            title: t.outcome,
            render: (_, row) => (
              <span className={row.outcome === 'refused' ? 'hotline-refused' : ''}>
                {row.outcome === 'refused' ? '✕ ' : ''}
                {t.outcomes[row.outcome]}
                {row.problem === null ? '' : ` · ${why(row)}`}
              </span>
            ),
          },
          { title: t.incident, render: (_, row) => row.number ?? '–' },
        ]}
      />
    </>
  );
}
