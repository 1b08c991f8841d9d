import { Link, Outlet } from '@tanstack/react-router';
import { shellTexts } from '@wangge/texts/console';
import { LiveTag, LoadingBlock, OfflineBar, useTexts } from '@wangge/ui';
import { Suspense } from 'react';
import { useMay, useMe } from '../session/me.tsx';
import { HelpBar } from '../help/help-bar.tsx';
import { CalendarAlert } from './calendar-alert.tsx';
import { AccountMenu } from './account-menu.tsx';
import { Bell } from '../messages/bell.tsx';
import { Clock } from './clock.tsx';
import { LangSwitch } from './lang-switch.tsx';
import { pages } from './pages.ts';

/** Header, navigation, connection; the page below. */
export function Shell() {
  const t = useTexts(shellTexts);
  const me = useMe();
  const may = useMay();
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t.skip}
      </a>
      <header className="shell-head">
        <p className="shell-title">
          {t.title}
          <span>{me.town.name}</span>
        </p>
        <nav aria-label={t.nav.label}>
          {pages
            .filter((page) => page.permission === null || may(page.permission))
            .map((page) => (
              <Link key={page.to} to={page.to} activeOptions={{ exact: page.to === '/', includeSearch: false }}>
                {t.nav[page.name]}
              </Link>
            ))}
        </nav>
        <div className="shell-tools">
          <LiveTag />
          <Clock />
          <Bell />
          <LangSwitch />
          <AccountMenu />
        </div>
      </header>
      <OfflineBar />
      {may('dispatch.answer-help') ? <HelpBar /> : null}
      {may('incidents.edit-categories') ? <CalendarAlert /> : null}
      <main id="main" tabIndex={-1}>
        <Suspense fallback={<LoadingBlock rows={6} />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}
