import { shellTexts } from '@wangge/texts/console';
import { OfflineBar, useTexts } from '@wangge/ui';
import type { ReactNode } from 'react';
import { LangSwitch } from '../shell/lang-switch.tsx';

/** Page around the sign-in and the steps that may follow it. */
export function SignFrame({ children, aside }: { children: ReactNode; aside?: ReactNode }) {
  const t = useTexts(shellTexts);
  return (
    <div className="sign">
      <OfflineBar />
      <header className="sign-head">
        <h1>{t.title}</h1>
        <LangSwitch />
      </header>
      <main className="sign-main">
        <section className="sign-box">{children}</section>
        {aside}
      </main>
    </div>
  );
}
