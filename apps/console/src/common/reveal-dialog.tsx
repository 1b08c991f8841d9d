import type { CallError } from '@wangge/client';
import { shellTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { Form, Input, Modal } from 'antd';
import { FormProblem } from './form-problem.tsx';
import { focusFirstField } from './focus-first.ts';

interface Props {
  readonly title: string;
  readonly label: string;
  readonly hint?: string;
  readonly busy: boolean;
  readonly error: CallError | null;
  readonly onCancel: () => void;
  readonly onSubmit: (purpose: string) => void;
}

/** Asks for the purpose before personal data is shown. */
export function RevealDialog({ title, label, hint, busy, error, onCancel, onSubmit }: Props) {
  const t = useTexts(shellTexts);
  const [form] = Form.useForm<{ purpose: string }>();
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      title={title}
      okText={t.confirm}
      cancelText={t.cancel}
      confirmLoading={busy}
      onCancel={onCancel}
      onOk={() => form.submit()}
      width={420}
    >
      <FormProblem error={error} />
      <Form form={form} layout="vertical" requiredMark={false} onFinish={({ purpose }) => onSubmit(purpose)}>
        <Form.Item name="purpose" label={label} rules={[{ required: true, whitespace: true, message: t.required }]}>
          <Input maxLength={200} {...(hint ? { placeholder: hint } : {})} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
