import { useQueryClient } from '@tanstack/react-query';
import { isCallError } from '@wangge/client';
import { logIn, type Me } from '@wangge/staff/contract';
import { shellTexts } from '@wangge/texts/console';
import { usePick, useSend, useTexts } from '@wangge/ui';
import { Alert, Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { DemoAccounts } from './demo-accounts.tsx';
import { meKey } from './me.tsx';
import { SignFrame } from './sign-frame.tsx';
import { signInProblem } from './sign-in-problem.ts';

interface Credentials {
  login: string;
  password: string;
  totp?: string;
}

export function SignIn() {
  const t = useTexts(shellTexts).signIn;
  const pick = usePick();
  const client = useQueryClient();
  const [form] = Form.useForm<Credentials>();
  const send = useSend(logIn);
  const [asksCode, setAsksCode] = useState(false);

  // The one field of a page made for it; after the password, the code's field takes its place.
  useEffect(() => form.focusField(asksCode ? 'totp' : 'login'), [form, asksCode]);

  const submit = (values: Credentials): void => {
    send.mutate(
      {
        body: {
          login: values.login.trim().toLowerCase(),
          password: values.password,
          ...(values.totp ? { totp: values.totp } : {}),
        },
      },
      {
        onSuccess: (me: Me) => {
          // Another person's answers must not be shown for a moment.
          client.removeQueries({ predicate: (query) => query.queryKey[0] !== meKey[0] });
          client.setQueryData(meKey, me);
        },
        onError: (error) => {
          if (isCallError(error, 'second-factor-required')) setAsksCode(true);
          if (isCallError(error, 'wrong-second-factor')) form.resetFields(['totp']);
        },
      },
    );
  };
  const problem = send.error?.code === 'second-factor-required' ? null : send.error;
  return (
    <SignFrame aside={<DemoAccounts busy={send.isPending} onPick={(account) => submit(account)} />}>
      <h2>{t.title}</h2>
      {problem ? (
        <Alert type="error" role="alert" className="gap" title={signInProblem(problem, t) ?? pick(problem.text)} />
      ) : null}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item name="login" label={t.login} rules={[{ required: true }]} hidden={asksCode}>
          <Input autoComplete="username" maxLength={40} />
        </Form.Item>
        <Form.Item name="password" label={t.password} rules={[{ required: true }]} hidden={asksCode}>
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Form.Item>
        {asksCode ? (
          <Form.Item name="totp" label={t.totp} extra={t.totpHint} rules={[{ required: true, pattern: /^[0-9]{6}$/ }]}>
            <Input autoComplete="one-time-code" inputMode="numeric" maxLength={6} />
          </Form.Item>
        ) : null}
        <Button type="primary" htmlType="submit" block loading={send.isPending}>
          {t.submit}
        </Button>
        {asksCode ? (
          <Button
            type="link"
            block
            onClick={() => {
              setAsksCode(false);
              form.resetFields();
              send.reset();
            }}
          >
            {t.back}
          </Button>
        ) : null}
      </Form>
    </SignFrame>
  );
}
