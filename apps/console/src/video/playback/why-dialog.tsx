import { listApprovals } from '@wangge/approvals/contract';
import { newId } from '@wangge/contract-kit';
import { shellTexts, videoPlaybackTexts } from '@wangge/texts/console';
import { formatTime, usePick, useSend, useTexts } from '@wangge/ui';
import { askApproval, type CameraPin, viewPurposeNames, viewPurposes, type ViewPurpose } from '@wangge/video/contract';
import { Alert, App, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { focusFirstField } from '../../common/focus-first.ts';
import { FormProblem } from '../../common/form-problem.tsx';
import type { Look } from './look.ts';
import { useApprovals } from './use-approvals.ts';

interface Props {
  readonly cameras: readonly CameraPin[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly onLook: (look: Look) => void;
  readonly onClose: () => void;
}
interface Fields {
  purpose: ViewPurpose;
  reason: string;
}

/** Asks why before anything is shown; where a second person's word is needed, it is asked for here. */
export function WhyDialog({ cameras, fromMs, toMs, onLook, onClose }: Props) {
  const t = useTexts(videoPlaybackTexts);
  const shell = useTexts(shellTexts);
  const pick = usePick();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [keys] = useState(() => new Map(cameras.map(({ id }) => [id, newId()])));
  // What was approved while the day still ran ends before it does.
  const { restricted, lacking, unasked, approved, ...requests } = useApprovals(
    'video.playback',
    cameras,
    (asked) => asked.fromMs <= fromMs && asked.toMs > fromMs,
  );
  const ask = useSend(askApproval, [listApprovals]);
  const submit = async ({ purpose, reason }: Fields): Promise<void> => {
    if (lacking.length === 0) {
      const approvals = new Map([...approved].map(([cameraId, { id }]) => [cameraId, id]));
      const untilMs = Math.min(toMs, ...[...approved.values()].map(({ details }) => Number(details['toMs'])));
      return onLook({ purpose, reason, fromMs, toMs: untilMs, approvals });
    }
    try {
      for (const { id } of unasked)
        await ask.mutateAsync({
          params: { id },
          body: { key: keys.get(id) ?? newId(), kind: 'video.playback', purpose, reason, fromMs, toMs },
        });
      return void message.success(t.asked);
    } catch {
      // The dialog shows what the call says.
      return undefined;
    }
  };
  const names = unasked.map(({ name }) => name).join('、');
  return (
    <Modal
      open
      title={t.why}
      okText={unasked.length > 0 ? t.ask : t.begin}
      okButtonProps={{ disabled: lacking.length > 0 && unasked.length === 0 }}
      cancelText={shell.cancel}
      confirmLoading={ask.isPending || requests.pending}
      afterOpenChange={focusFirstField}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p className="muted">{t.whyHint}</p>
      {restricted.length > 0 ? (
        <Alert
          className="gap"
          role="status"
          type={lacking.length === 0 ? 'success' : 'warning'}
          showIcon
          title={
            lacking.length === 0
              ? t.approved(formatTime(Math.min(...[...approved.values()].map(({ expiresAtMs }) => expiresAtMs))))
              : unasked.length === 0
                ? t.waiting
                : t.needsApproval
          }
          description={unasked.length > 0 ? t.askFor(names) : null}
        />
      ) : null}
      <FormProblem error={ask.error ?? requests.error} />
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ purpose: 'incident', reason: '' }}
        onFinish={(fields) => void submit(fields)}
      >
        <Form.Item name="purpose" label={t.purpose}>
          <Select options={viewPurposeNames.map((value) => ({ value, label: pick(viewPurposes[value]) }))} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t.reason}
          extra={t.reasonHint}
          rules={[{ required: true, whitespace: true, message: shell.required }]}
        >
          <Input.TextArea rows={3} maxLength={300} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
