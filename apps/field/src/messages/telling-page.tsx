import { useTexts } from '@wangge/ui';
import { notifyTexts, PreferencesForm, PushCard } from '@wangge/ui/notify';
import { deviceName } from '../me/device-name.ts';
import { Header } from '../shell/header.tsx';
import { pushApp } from './push-app.ts';

/** How one is told: pushing to this phone, ways by kind, quiet hours. */
export function TellingPage() {
  const t = useTexts(notifyTexts);
  return (
    <>
      <Header title={t.prefs.title} back={{ name: 'me' }} />
      <main className="page telling">
        <section className="card">
          <PushCard app={pushApp} deviceName={deviceName} />
        </section>
        <section className="card">
          <PreferencesForm />
        </section>
      </main>
    </>
  );
}
