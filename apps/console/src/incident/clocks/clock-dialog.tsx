import { newId } from '@wangge/contract-kit';
import { answerSupervision, getIncident, pauseClocks, readClocks, resumeClocks } from '@wangge/incidents/contract';
import { clockTexts, shellTexts } from '@wangge/texts/console';
import { useSend, useTexts } from '@wangge/ui';
import { App, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { focusFirstField } from '../../common/focus-first.ts';
import { FormProblem } from '../../common/form-problem.tsx';
import { fromLocal } from '../../common/local-time.ts';

export type ClockDeed = 'pause' | 'resume' | 'answer';
interface Fields {
  text?: string;
  until?: string;
}

/** Asks for just what one deed takes. */
export function ClockDialog({ id, deed, onClose }: { id: string; deed: ClockDeed; onClose: () => void }) {
  const t = useTexts(clockTexts).detail;
  const shell = useTexts(shellTexts);
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  // The same for each try, so that a lost answer cannot do it twice.
  const [clientKey] = useState(newId);
  const shown = [readClocks, getIncident];
  const pause = useSend(pauseClocks, shown);
  const resume = useSend(resumeClocks, shown);
  const answer = useSend(answerSupervision, shown);
  const sending = { pause, resume, answer }[deed];
  const submit = ({ text = '', until = '' }: Fields): void => {
    const params = { id };
    const onSuccess = (): void => {
      void message.success(t.done);
      onClose();
    };
    const untilMs = fromLocal(until);
    if (deed === 'pause') {
      const more = untilMs === null ? {} : { untilMs };
      pause.mutate({ params, body: { clientKey, reason: text, ...more } }, { onSuccess });
    } else if (deed === 'resume') {
      resume.mutate({ params, body: { clientKey, ...(text.trim() === '' ? {} : { reason: text }) } }, { onSuccess });
    } else answer.mutate({ params, body: { clientKey, answer: text } }, { onSuccess });
  };
  const needed = { required: deed !== 'resume', whitespace: true, message: shell.required };
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      title={t[deed]}
      okText={shell.confirm}
      cancelText={shell.cancel}
      confirmLoading={sending.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
      width={440}
    >
      <FormProblem error={sending.error} />
      <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item
          name="text"
          label={deed === 'answer' ? t.answerField : t.reason}
          extra={t.reasonHint}
          rules={deed === 'resume' ? [] : [needed]}
        >
          <Input.TextArea maxLength={deed === 'answer' ? 1000 : 500} autoSize={{ minRows: 2, maxRows: 8 }} />
        </Form.Item>
        {deed === 'pause' ? (
          <Form.Item name="until" label={t.untilField}>
            <Input type="datetime-local" />
          </Form.Item>
        ) : null}
      </Form>
    </Modal>
  );
}
