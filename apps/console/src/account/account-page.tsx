import { notifyTexts, PreferencesForm, PushCard } from '@wangge/ui/notify';
import { useQueryClient } from '@tanstack/react-query';
import { roles } from '@wangge/contract-kit';
import { shellTexts } from '@wangge/texts/console';
import { usePick, useTexts } from '@wangge/ui';
import { meKey, useMe } from '../session/me.tsx';
import { Page } from '../shell/page.tsx';
import { pushApp } from '../messages/push-app.ts';
import { deviceName } from './device-name.ts';
import '@wangge/ui/notify.css';
import '../messages/messages.css';
import { PasswordForm } from './password-form.tsx';
import { SecondFactor } from './second-factor.tsx';
import { SessionList } from './session-list.tsx';

/** The own account: posts, password, second factor, devices. */
export function AccountPage() {
  const t = useTexts(shellTexts);
  const telling = useTexts(notifyTexts);
  const pick = usePick();
  const { account } = useMe();
  const client = useQueryClient();
  return (
    <Page title={t.nav.account}>
      <div className="columns">
        <section className="panel">
          <h2>{t.profile}</h2>
          <p>
            <strong>{account.name}</strong> <code>{account.login}</code> {account.phone}
          </p>
          <h3>{t.posts}</h3>
          <ul className="plain">
            {account.posts.map((post) => (
              <li key={post.id}>
                {pick(roles[post.role].label)} · {post.areaName}
                {post.departmentName === null ? '' : ` · ${post.departmentName}`}
              </li>
            ))}
          </ul>
        </section>
        <section className="panel">
          <h2>{t.password.title}</h2>
          <PasswordForm />
        </section>
        <section className="panel">
          <h2>{t.factor.title}</h2>
          {account.secondFactor ? (
            <p>✓ {t.factor.on}</p>
          ) : (
            <SecondFactor onDone={() => void client.invalidateQueries({ queryKey: meKey })} />
          )}
        </section>
      </div>
      <section className="panel" aria-labelledby="telling-title">
        <h2 id="telling-title">{telling.prefs.title}</h2>
        <div className="telling">
          <PreferencesForm />
          <PushCard app={pushApp} deviceName={deviceName} />
        </div>
      </section>
      <section className="panel">
        <h2>{t.sessions.title}</h2>
        <SessionList />
      </section>
    </Page>
  );
}
