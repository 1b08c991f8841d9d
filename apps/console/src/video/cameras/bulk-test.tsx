import { useQuery } from '@tanstack/react-query';
import { call, type CallError } from '@wangge/client';
import { shellTexts, videoCameraTexts } from '@wangge/texts/console';
import { ErrorBlock, LoadingBlock, callKey, useSend, useTexts } from '@wangge/ui';
import { readTest, testCameras } from '@wangge/video/contract';
import { Input, Modal, Progress, Table } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { rowCards } from '../../common/row-cards.ts';
import { usePins } from '../common.ts';
import { LinkTag } from '../link-tag.tsx';
import { readLines } from './bulk-lines.ts';

type Progressed = Awaited<ReturnType<typeof ask>>;
const ask = (id: string) => call(readTest, { params: { id } });
const askEveryMs = 1000;

/** Addresses pasted line by line: which of them answer? */
export function BulkTest({ onClose }: { onClose: () => void }) {
  const t = useTexts(videoCameraTexts);
  const shell = useTexts(shellTexts);
  const [text, setText] = useState('');
  const [testId, setTestId] = useState<string | null>(null);
  const send = useSend(testCameras);
  const lines = readLines(text);
  if (testId !== null) return <TestResults testId={testId} onClose={onClose} />;
  return (
    <Modal
      open
      width={760}
      title={t.bulk}
      okText={t.start}
      cancelText={shell.cancel}
      confirmLoading={send.isPending}
      okButtonProps={{ disabled: typeof lines === 'number' || lines.length === 0 || lines.length > 500 }}
      onCancel={onClose}
      onOk={() => {
        if (typeof lines !== 'number')
          send.mutate({ body: { cameraIds: [], addresses: [...lines] } }, { onSuccess: ({ id }) => setTestId(id) });
      }}
    >
      <p className="muted">
        {t.bulkHint} {t.bulkPasted}
      </p>
      <Input.TextArea
        className="bulk-lines"
        aria-label={t.addresses}
        rows={12}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <p role="status">{typeof lines === 'number' ? t.bulkWrong(lines) : `${lines.length} / 500`}</p>
      <FormProblem error={send.error} />
    </Modal>
  );
}

/** What came of a test so far; asked for again until it is through. */
export function TestResults({ testId, onClose }: { testId: string; onClose: () => void }) {
  const t = useTexts(videoCameraTexts);
  const shell = useTexts(shellTexts);
  const { byId } = usePins();
  const { data, error, refetch } = useQuery<Progressed, CallError>({
    queryKey: [...callKey(readTest), testId],
    queryFn: () => ask(testId),
    refetchInterval: ({ state }) => (state.data && state.data.done >= state.data.total ? false : askEveryMs),
  });
  return (
    <Modal open width={860} title={t.bulk} footer={null} onCancel={onClose} closable={{ 'aria-label': shell.close }}>
      {data === undefined ? (
        error ? (
          <ErrorBlock error={error} onRetry={() => void refetch()} />
        ) : (
          <LoadingBlock rows={5} />
        )
      ) : (
        <>
          <p role="status">{t.progress(data.done, data.total)}</p>
          <Progress
            percent={data.total === 0 ? 100 : Math.round((data.done / data.total) * 100)}
            showInfo={false}
            aria-label={t.bulk}
          />
          <Table
            size="small"
            className="row-cards"
            rowKey="of"
            pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
            dataSource={data.results}
            columns={rowCards<Progressed['results'][number]>([
              { title: t.address, key: 'of', render: (_, row) => byId.get(row.of)?.name ?? row.of },
              { title: t.result, key: 'link', render: (_, row) => <LinkTag link={row.link} /> },
              { title: '', key: 'reason', render: (_, row) => row.reason ?? '' },
              {
                title: t.codec,
                key: 'codec',
                render: (_, row) =>
                  row.codec === null
                    ? t.noCodec
                    : `${row.codec.toUpperCase()} ${row.width ?? '?'}×${row.height ?? '?'}`,
              },
              { title: t.took, key: 'took', align: 'right', render: (_, row) => t.milliseconds(row.tookMs) },
            ])}
          />
        </>
      )}
    </Modal>
  );
}
