import { shellTexts, videoRecordTexts } from '@wangge/texts/console';
import { formatTime, useSend, useTexts } from '@wangge/ui';
import { listLocks, readTimeline, type RecordingLock, releaseLock } from '@wangge/video/contract';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { focusFirstField } from '../../common/focus-first.ts';
import { FormProblem } from '../../common/form-problem.tsx';
import { PagedTable } from '../../common/paged-table.tsx';
import { usePages } from '../../common/use-pages.ts';
import { spanText } from './span-text.ts';

/** Stretches that are kept beyond their time; releasing one asks why. */
export function Locks() {
  const t = useTexts(videoRecordTexts);
  const shell = useTexts(shellTexts);
  const pages = usePages<RecordingLock>(listLocks, {});
  const release = useSend(releaseLock, [listLocks, readTimeline]);
  const [released, setReleased] = useState<RecordingLock | null>(null);
  const [form] = Form.useForm<{ reason: string }>();
  const columns = [
    { title: t.camera, key: 'camera', render: (_: unknown, l: RecordingLock) => l.cameraName },
    { title: t.span, key: 'span', render: (_: unknown, l: RecordingLock) => spanText(l.fromMs, l.toMs) },
    { title: t.reason, key: 'reason', render: (_: unknown, l: RecordingLock) => l.reason },
    { title: t.by, key: 'by', render: (_: unknown, l: RecordingLock) => `${l.byName} ${formatTime(l.madeAtMs)}` },
    { title: t.keptUntil, key: 'until', render: (_: unknown, l: RecordingLock) => formatTime(l.untilMs) },
    {
      title: t.actions,
      key: 'actions',
      render: (_: unknown, l: RecordingLock) =>
        l.releasedAtMs === null ? (
          <Button
            size="small"
            onClick={() => {
              release.reset();
              form.resetFields();
              setReleased(l);
            }}
          >
            {t.release}
          </Button>
        ) : (
          t.released(formatTime(l.releasedAtMs))
        ),
    },
  ];
  return (
    <>
      <PagedTable<RecordingLock> columns={columns} pages={pages} rowKey="id" empty={t.locksEmpty} minWidth={900} />
      {released === null ? null : (
        <Modal
          open
          title={t.releaseTitle(released.cameraName)}
          okText={t.release}
          cancelText={shell.cancel}
          confirmLoading={release.isPending}
          afterOpenChange={focusFirstField}
          onCancel={() => setReleased(null)}
          onOk={() => form.submit()}
        >
          <p>{t.releaseHint}</p>
          <FormProblem error={release.error} />
          <Form
            form={form}
            layout="vertical"
            requiredMark={false}
            onFinish={({ reason }) =>
              release.mutate({ params: { id: released.id }, body: { reason } }, { onSuccess: () => setReleased(null) })
            }
          >
            <Form.Item
              name="reason"
              label={t.reason}
              rules={[{ required: true, whitespace: true, message: shell.required }]}
            >
              <Input.TextArea rows={2} maxLength={300} />
            </Form.Item>
          </Form>
        </Modal>
      )}
    </>
  );
}
