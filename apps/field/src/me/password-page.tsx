import { fieldMeTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';
import { goBack } from '../router/router.tsx';
import { Header } from '../shell/header.tsx';
import { PasswordForm } from './password-form.tsx';

export function PasswordPage() {
  const t = useTexts(fieldMeTexts).password;
  return (
    <>
      <Header title={t.title} back={{ name: 'me' }} />
      <main className="page">
        <div className="card">
          <PasswordForm onDone={() => goBack({ name: 'me' })} />
        </div>
      </main>
    </>
  );
}
