import { listAccounts, revealPhone, updateAccount, type Account } from '@wangge/staff/contract';
import { adminTexts, shellTexts } from '@wangge/texts/console';
import { useSend, useTexts } from '@wangge/ui';
import { App, Button, Drawer, Form, Input } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { RevealDialog } from '../../common/reveal-dialog.tsx';
import { useMay } from '../../session/me.tsx';
import { Ability } from './ability.tsx';
import { Posts } from './posts.tsx';

interface Props {
  readonly account: Account;
  readonly onClose: () => void;
  readonly closeLabel: string;
}
const phonePattern = /^\+?[0-9-]{5,20}$/;

/** One account: name and number, password and second factor, posts. */
export function AccountDrawer({ account, onClose, closeLabel }: Props) {
  const t = useTexts(adminTexts).people;
  const shell = useTexts(shellTexts);
  const { message } = App.useApp();
  const may = useMay();
  const edits = may('staff.edit');
  const update = useSend(updateAccount, [listAccounts]);
  const reveal = useSend(revealPhone);
  const [asking, setAsking] = useState(false);
  type Change = Omit<Parameters<typeof update.mutate>[0], 'params'>['body'];
  const change = (body: Change): void =>
    update.mutate({ params: { id: account.id }, body }, { onSuccess: () => void message.success(t.done) });
  return (
    <Drawer open title={t.edit(account.name)} size={460} onClose={onClose} closable={{ 'aria-label': closeLabel }}>
      <FormProblem error={update.error} />
      <p className="account-facts">
        <span className="muted">{t.login}</span> <code>{account.login}</code>{' '}
        {reveal.data ? reveal.data.phone : account.phone}{' '}
        {account.phone !== null && !reveal.data && may('staff.reveal-phone') ? (
          <button type="button" className="plain-button" onClick={() => setAsking(true)}>
            {t.reveal}
          </button>
        ) : null}
      </p>
      {edits ? (
        <>
          <Form
            layout="vertical"
            requiredMark={false}
            initialValues={{ name: account.name }}
            onFinish={({ name, phone }: { name: string; phone?: string }) =>
              change({ name, ...(phone ? { phone } : {}) })
            }
          >
            <Form.Item
              name="name"
              label={t.name}
              rules={[{ required: true, whitespace: true, message: shell.required }]}
            >
              <Input maxLength={40} />
            </Form.Item>
            <Form.Item name="phone" label={t.phone} rules={[{ pattern: phonePattern, message: t.phone }]}>
              {/* The present number is masked, so it cannot be the value: empty leaves it as it is. */}
              <Input maxLength={20} inputMode="tel" placeholder={account.phone ?? ''} />
            </Form.Item>
            <Button htmlType="submit" loading={update.isPending}>
              {shell.save}
            </Button>
          </Form>
          <h3>{t.setPassword}</h3>
          <Form
            layout="vertical"
            requiredMark={false}
            onFinish={({ password }: { password: string }) => change({ password })}
          >
            <Form.Item
              name="password"
              label={t.newPassword}
              rules={[{ required: true, min: 10, message: t.newPassword }]}
            >
              <Input.Password autoComplete="new-password" maxLength={200} />
            </Form.Item>
            <Button htmlType="submit">{t.setPassword}</Button>
          </Form>
          <div className="moves-buttons drawer-actions">
            {account.secondFactor ? (
              <Button onClick={() => change({ resetSecondFactor: true })}>{t.resetFactor}</Button>
            ) : null}
            <Button onClick={() => change({ endSessions: true })}>{t.endSessions}</Button>
            <Button onClick={() => change({ enabled: !account.enabled })}>
              {account.enabled ? t.disable : t.enable}
            </Button>
          </div>
        </>
      ) : null}
      <Posts account={account} />
      <Ability account={account} />
      {asking ? (
        <RevealDialog
          title={t.reveal}
          label={t.purpose}
          busy={reveal.isPending}
          error={reveal.error}
          onCancel={() => setAsking(false)}
          onSubmit={(purpose) =>
            reveal.mutate({ params: { id: account.id }, body: { purpose } }, { onSuccess: () => setAsking(false) })
          }
        />
      ) : null}
    </Drawer>
  );
}
