import { useQueryClient } from '@tanstack/react-query';
import { logOut } from '@wangge/staff/contract';
import { shellTexts } from '@wangge/texts/console';
import { useSend, useTexts } from '@wangge/ui';
import { Alert, Button } from 'antd';
import { PasswordForm } from '../account/password-form.tsx';
import { SecondFactor } from '../account/second-factor.tsx';
import { meKey, useMe } from './me.tsx';
import { SignFrame } from './sign-frame.tsx';

/** What has to be done before anything else: an own password, a second factor. */
export function MustDo() {
  const t = useTexts(shellTexts);
  const me = useMe();
  const client = useQueryClient();
  const again = () => void client.invalidateQueries({ queryKey: meKey });
  const out = useSend(logOut);
  const leave = () => out.mutate({}, { onSettled: () => client.setQueryData(meKey, null) });
  return (
    <SignFrame>
      {me.mustChangePassword ? (
        <>
          <h2>{t.password.title}</h2>
          <Alert type="info" title={t.password.must} className="gap" />
          <PasswordForm onDone={again} />
        </>
      ) : (
        <>
          <h2>{t.factor.title}</h2>
          <Alert type="info" title={t.factor.must} className="gap" />
          <SecondFactor onDone={again} />
        </>
      )}
      <Button type="link" onClick={leave} className="sign-leave">
        {t.signOut}
      </Button>
    </SignFrame>
  );
}
