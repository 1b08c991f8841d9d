import { fieldShellTexts } from '@wangge/texts/field';
import { OfflineBar, useTexts } from '@wangge/ui';
import type { ReactNode } from 'react';
import { LangChoice } from '../me/lang-choice.tsx';

/** Page around the sign-in and the steps that may follow it. */
export function SignFrame({ children }: { children: ReactNode }) {
  const t = useTexts(fieldShellTexts);
  return (
    <div className="sign">
      <OfflineBar />
      <header className="sign-head">
        <img src="/field/icon.svg" alt="" width="44" height="44" />
        <h1>{t.title}</h1>
      </header>
      <main className="sign-main">{children}</main>
      <footer className="sign-foot">
        <LangChoice />
      </footer>
    </div>
  );
}
