import { changePassword } from '@wangge/staff/contract';
import { shellTexts } from '@wangge/texts/console';
import { useSend, useTexts } from '@wangge/ui';
import { App, Button, Form, Input } from 'antd';
import { FormProblem } from '../common/form-problem.tsx';

interface Fields {
  current: string;
  next: string;
  again: string;
}

export function PasswordForm({ onDone }: { onDone?: () => void }) {
  const t = useTexts(shellTexts).password;
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const send = useSend(changePassword);
  const submit = ({ current, next }: Fields): void =>
    send.mutate(
      { body: { current, next } },
      {
        onSuccess: () => {
          void message.success(t.done);
          form.resetFields();
          onDone?.();
        },
      },
    );
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={submit} className="narrow">
      <FormProblem error={send.error} />
      <Form.Item name="current" label={t.current} rules={[{ required: true }]}>
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Form.Item name="next" label={t.next} rules={[{ required: true, min: 10, message: t.short }]}>
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="again"
        label={t.again}
        dependencies={['next']}
        rules={[
          { required: true },
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              !value || value === getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(t.differ)),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={send.isPending}>
        {t.submit}
      </Button>
    </Form>
  );
}
