import { useQueryClient } from '@tanstack/react-query';
import { isCallError } from '@wangge/client';
import { logIn } from '@wangge/staff/contract';
import { fieldShellTexts } from '@wangge/texts/field';
import { usePick, useSend, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useState, type FormEvent } from 'react';
import { Problem } from '../shell/problem.tsx';
import { TextField } from '../shell/text-field.tsx';
import { DemoAccounts } from './demo-accounts.tsx';
import { meKey } from './me.tsx';
import { PasswordField } from './password-field.tsx';
import { SignFrame } from './sign-frame.tsx';
import { lockedSentence } from './sign-in-problem.ts';

export function SignIn() {
  const t = useTexts(fieldShellTexts).signIn;
  const pick = usePick();
  const client = useQueryClient();
  const send = useSend(logIn);
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const [missing, setMissing] = useState(false);

  const signIn = (who: { login: string; password: string; totp?: string }): void => {
    setLogin(who.login);
    setPassword(who.password);
    send.mutate(
      { body: who },
      {
        onSuccess: (me) => {
          // Another person's answers must not be shown for a moment.
          client.removeQueries({ predicate: (query) => query.queryKey[0] !== meKey[0] });
          client.setQueryData(meKey, me);
        },
        onError: (error) => {
          if (isCallError(error, 'second-factor-required')) setAsksCode(true);
          if (isCallError(error, 'wrong-second-factor')) setTotp('');
        },
      },
    );
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const name = login.trim().toLowerCase();
    const incomplete = name === '' || password === '' || (asksCode && !/^[0-9]{6}$/.test(totp));
    setMissing(incomplete);
    if (!incomplete) signIn({ login: name, password, ...(asksCode ? { totp } : {}) });
  };
  const another = (): void => {
    setAsksCode(false);
    setPassword('');
    setTotp('');
    send.reset();
  };

  const failed = send.error?.code === 'second-factor-required' ? null : send.error;
  return (
    <SignFrame>
      <form className="card" onSubmit={submit} noValidate>
        {asksCode ? (
          <TextField
            label={t.totp}
            hint={t.totpHint}
            value={totp}
            onValue={setTotp}
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={6}
          />
        ) : (
          <>
            <TextField
              label={t.login}
              value={login}
              onValue={setLogin}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={40}
            />
            <PasswordField label={t.password} value={password} onValue={setPassword} autoComplete="current-password" />
          </>
        )}
        {missing ? <Problem>{asksCode ? t.totpHint : t.missing}</Problem> : null}
        {failed && !missing ? <Problem>{lockedSentence(failed, t.locked) ?? pick(failed.text)}</Problem> : null}
        <Button block color="primary" type="submit" disabled={send.isPending}>
          {send.isPending ? t.sending : t.submit}
        </Button>
        {asksCode ? (
          <Button block fill="none" onClick={another}>
            {t.back}
          </Button>
        ) : null}
      </form>
      {asksCode ? null : <DemoAccounts busy={send.isPending} onPick={signIn} />}
    </SignFrame>
  );
}
