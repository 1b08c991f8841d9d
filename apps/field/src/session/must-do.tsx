import { useQueryClient } from '@tanstack/react-query';
import { fieldMeTexts, fieldShellTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { PasswordForm } from '../me/password-form.tsx';
import { meKey, useMe } from './me.tsx';
import { SignFrame } from './sign-frame.tsx';
import { useSignOut } from './use-sign-out.ts';

/** What has to be done before anything else: an own password, a second factor. */
export function MustDo() {
  const t = useTexts(fieldMeTexts);
  const shell = useTexts(fieldShellTexts).signIn;
  const client = useQueryClient();
  const me = useMe();
  const out = useSignOut();
  return (
    <SignFrame>
      <section className="card">
        {me.mustChangePassword ? (
          <>
            <h2>{t.password.title}</h2>
            <p className="muted">{t.password.must}</p>
            <PasswordForm onDone={() => void client.invalidateQueries({ queryKey: meKey })} />
          </>
        ) : (
          <>
            <p>{shell.factorNeeded}</p>
            <p>
              <a className="plain-link" href="/console/">
                {shell.toConsole}
              </a>
            </p>
          </>
        )}
        <Button block fill="none" disabled={out.isPending} onClick={() => out.mutate()}>
          {t.signOut}
        </Button>
      </section>
    </SignFrame>
  );
}
