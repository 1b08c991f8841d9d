import { createAccount, listAccounts, type Account } from '@wangge/staff/contract';
import { adminTexts, shellTexts } from '@wangge/texts/console';
import { useSend, useTexts } from '@wangge/ui';
import { Form, Input, Modal } from 'antd';
import { focusFirstField } from '../../common/focus-first.ts';
import { FormProblem } from '../../common/form-problem.tsx';

interface Fields {
  login: string;
  name: string;
  phone?: string;
  password: string;
}

/** A new account; the person chooses an own password at the first sign-in. */
export function CreateAccount({ onClose, onDone }: { onClose: () => void; onDone: (account: Account) => void }) {
  const t = useTexts(adminTexts).people;
  const shell = useTexts(shellTexts);
  const [form] = Form.useForm<Fields>();
  const create = useSend(createAccount, [listAccounts]);
  const submit = ({ phone, ...fields }: Fields): void =>
    create.mutate(
      { body: { ...fields, phone: phone ? phone : null } },
      {
        onSuccess: (account) => {
          onDone(account);
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      title={t.create}
      okText={t.create}
      cancelText={shell.cancel}
      confirmLoading={create.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <FormProblem error={create.error} />
      <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item
          name="login"
          label={t.login}
          extra={t.loginRule}
          rules={[{ required: true, pattern: /^[a-z0-9][a-z0-9._-]{1,39}$/, message: t.loginRule }]}
        >
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="name" label={t.name} rules={[{ required: true, whitespace: true, message: shell.required }]}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="phone" label={t.phone} rules={[{ pattern: /^\+?[0-9-]{5,20}$/, message: t.phone }]}>
          <Input maxLength={20} inputMode="tel" />
        </Form.Item>
        <Form.Item name="password" label={t.password} rules={[{ required: true, min: 10, message: t.password }]}>
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
