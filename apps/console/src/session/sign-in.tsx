import { useQueryClient } from '@tanstack/react-query';
import { isCallError } from '@wangge/client';
import { logIn, type Me } from '@wangge/staff/contract';
import { shellTexts } from '@wangge/texts/console';
import { usePick, useSend, useTexts } from '@wangge/ui';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { DemoAccounts } from './demo-accounts.tsx';
import { fetchConsole } from './lazy-parts.ts';
import { meKey } from './me.tsx';
import { SignField } from './sign-field.tsx';
import { SignFrame } from './sign-frame.tsx';
import { signInProblem } from './sign-in-problem.ts';

interface Credentials {
  login: string;
  password: string;
  totp?: string;
}
const empty = { login: '', password: '', totp: '' };

/** Name and password, then the second factor for those who have one. */
export function SignIn() {
  const shell = useTexts(shellTexts);
  const t = shell.signIn;
  const pick = usePick();
  const client = useQueryClient();
  const send = useSend(logIn);
  const [values, setValues] = useState(empty);
  const [tried, setTried] = useState(false);
  const [asksCode, setAsksCode] = useState(false);
  const first = useRef<HTMLInputElement>(null);

  // The one field of a page made for it; after the password, the code's field takes its place.
  useEffect(() => first.current?.focus(), [asksCode]);

  const submit = (credentials: Credentials): void => {
    fetchConsole();
    send.mutate(
      {
        body: {
          login: credentials.login.trim().toLowerCase(),
          password: credentials.password,
          ...(credentials.totp ? { totp: credentials.totp } : {}),
        },
      },
      {
        onSuccess: (me: Me) => {
          // Another person's answers must not be shown for a moment.
          client.removeQueries({ predicate: (query) => query.queryKey[0] !== meKey[0] });
          client.setQueryData(meKey, me);
        },
        onError: (error) => {
          if (isCallError(error, 'second-factor-required')) {
            // Where a demo account asks for a code, the rest of it must not be lost.
            setValues({ ...empty, ...credentials, totp: '' });
            setTried(false);
            setAsksCode(true);
          }
          if (isCallError(error, 'wrong-second-factor')) setValues((old) => ({ ...old, totp: '' }));
        },
      },
    );
  };
  const set = (name: keyof typeof empty) => (event: { target: HTMLInputElement }) => {
    fetchConsole();
    setValues((old) => ({ ...old, [name]: event.target.value }));
  };
  const goodCode = /^[0-9]{6}$/.test(values.totp);
  const complete = asksCode ? goodCode : values.login.trim() !== '' && values.password !== '';
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(!complete);
    if (complete && !send.isPending) submit(asksCode ? values : { login: values.login, password: values.password });
  };
  const missing = (text: string): string | null => (tried && text.trim() === '' ? shell.required : null);
  const problem = send.error?.code === 'second-factor-required' ? null : send.error;
  return (
    <SignFrame aside={<DemoAccounts busy={send.isPending} onPick={(account) => submit(account)} />}>
      <h2>{t.title}</h2>
      {problem ? (
        <p className="sign-alert" role="alert">
          {signInProblem(problem, t) ?? pick(problem.text)}
        </p>
      ) : null}
      <form onSubmit={onSubmit} noValidate>
        {asksCode ? (
          <SignField
            key="totp"
            ref={first}
            label={t.totp}
            hint={t.totpHint}
            problem={tried && !goodCode ? t.totpHint : null}
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={6}
            value={values.totp}
            onChange={set('totp')}
          />
        ) : (
          <>
            <SignField
              key="login"
              ref={first}
              label={t.login}
              problem={missing(values.login)}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={40}
              value={values.login}
              onChange={set('login')}
            />
            <SignField
              key="password"
              type="password"
              label={t.password}
              problem={missing(values.password)}
              autoComplete="current-password"
              maxLength={200}
              value={values.password}
              onChange={set('password')}
            />
          </>
        )}
        <button type="submit" className="main-button sign-submit" aria-disabled={send.isPending}>
          {send.isPending ? t.busy : t.submit}
        </button>
        {asksCode ? (
          <button
            type="button"
            className="plain-button sign-back"
            onClick={() => {
              setAsksCode(false);
              setValues(empty);
              send.reset();
            }}
          >
            {t.back}
          </button>
        ) : null}
      </form>
    </SignFrame>
  );
}
