import { listApprovals } from '@wangge/approvals/contract';
import { newId } from '@wangge/contract-kit';
import { shellTexts, videoPlaybackTexts } from '@wangge/texts/console';
import { formatTime, useCall, usePick, useSend, useTexts } from '@wangge/ui';
import { askApproval, type CameraPin, viewPurposeNames, viewPurposes, type ViewPurpose } from '@wangge/video/contract';
import { Alert, App, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { focusFirstField } from '../../common/focus-first.ts';
import { FormProblem } from '../../common/form-problem.tsx';
import { useMe } from '../../session/me.tsx';
import type { Look } from './look.ts';

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
  const { account } = useMe();
  const [form] = Form.useForm<Fields>();
  const [keys] = useState(() => new Map(cameras.map(({ id }) => [id, newId()])));
  const restricted = cameras.filter((camera) => camera.class === 'restricted');
  const requests = useCall(
    listApprovals,
    { query: { kind: 'video.playback', state: 'waiting,approved' } },
    { enabled: restricted.length > 0, live: { types: ['approvals.changed'] } },
  );
  const ask = useSend(askApproval, [listApprovals]);
  const own = (requests.data?.items ?? []).filter((request) => request.byId === account.id);
  const of = (cameraId: string, state: string) =>
    own.find((request) => request.subjectId === cameraId && request.state === state);
  const lacking = restricted.filter(({ id }) => !of(id, 'approved'));
  const unasked = lacking.filter(({ id }) => !of(id, 'waiting'));
  const submit = async ({ purpose, reason }: Fields): Promise<void> => {
    if (lacking.length === 0) {
      const approvals = new Map(restricted.map(({ id }) => [id, of(id, 'approved')?.id ?? '']));
      return onLook({ purpose, reason, fromMs, toMs, approvals });
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
      confirmLoading={ask.isPending || (restricted.length > 0 && requests.isPending)}
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
              ? t.approved(formatTime(Math.min(...restricted.map(({ id }) => of(id, 'approved')?.expiresAtMs ?? 0))))
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
