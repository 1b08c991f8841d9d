import { testChannel, type NotifyChannel } from '@wangge/notify/contract';
import { notifyAdminTexts, shellTexts } from '@wangge/texts/console';
import { useSend, useTexts } from '@wangge/ui';
import { Alert, Form, Input, Modal } from 'antd';
import { focusFirstField } from '../../common/focus-first.ts';
import { FormProblem } from '../../common/form-problem.tsx';

/** Sends one message now, and shows what the provider answered. */
export function TestDialog({ channel, onClose }: { channel: NotifyChannel; onClose: () => void }) {
  const t = useTexts(notifyAdminTexts);
  const shell = useTexts(shellTexts);
  const [form] = Form.useForm<{ to?: string }>();
  const test = useSend(testChannel);
  const { kind, name, id } = channel;
  const { data } = test;
  const to = kind === 'sms' || kind === 'voice' || kind === 'email' ? t.testTo[kind] : null;
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      title={`${t.test} · ${name}`}
      okText={t.test}
      cancelText={shell.close}
      confirmLoading={test.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <FormProblem error={test.error} />
      <Form<{ to?: string }>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(fields) =>
          test.mutate({ params: { id }, body: fields.to === undefined ? {} : { to: fields.to.trim() } })
        }
      >
        {to === null ? null : (
          <Form.Item name="to" label={to} rules={[{ required: true, message: shell.required }]}>
            <Input maxLength={120} autoComplete="off" />
          </Form.Item>
        )}
      </Form>
      {data ? (
        <Alert
          type={data.ok ? 'success' : 'error'}
          role="status"
          showIcon
          title={data.ok ? t.testOk(data.answer, data.tookMs) : t.testFailed(data.answer, data.tookMs)}
        />
      ) : null}
    </Modal>
  );
}
