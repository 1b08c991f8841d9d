import { changePassword } from '@wangge/staff/contract';
import { fieldMeTexts } from '@wangge/texts/field';
import { usePick, useSend, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useState } from 'react';
import { PasswordField } from '../session/password-field.tsx';
import { say } from '../shell/notice.tsx';
import { Problem } from '../shell/problem.tsx';

export function PasswordForm({ onDone }: { onDone: () => void }) {
  const t = useTexts(fieldMeTexts).password;
  const pick = usePick();
  const send = useSend(changePassword);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [fault, setFault] = useState<'missing' | 'short' | 'differ' | null>(null);
  const submit = (): void => {
    const found = current === '' ? 'missing' : next.length < 10 ? 'short' : next !== again ? 'differ' : null;
    setFault(found);
    if (found !== null) return;
    send.mutate(
      { body: { current, next } },
      {
        onSuccess: () => {
          say(t.done);
          onDone();
        },
      },
    );
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      noValidate
    >
      <PasswordField label={t.current} value={current} onValue={setCurrent} autoComplete="current-password" />
      <PasswordField label={t.next} value={next} onValue={setNext} autoComplete="new-password" />
      <PasswordField label={t.again} value={again} onValue={setAgain} autoComplete="new-password" />
      {fault === null ? null : <Problem>{t[fault]}</Problem>}
      {send.error && fault === null ? <Problem>{pick(send.error.text)}</Problem> : null}
      <Button block color="primary" size="large" type="submit" disabled={send.isPending}>
        {send.isPending ? t.sending : t.submit}
      </Button>
    </form>
  );
}
