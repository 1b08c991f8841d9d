import { fieldShellTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';
import { notifyTexts, useInbox } from '@wangge/ui/notify';
import { useMyTasks } from '../tasks/use-tasks.ts';
import { useReportDrafts } from '../report/use-report-drafts.ts';
import type { Page } from '../router/path.ts';
import { Link } from '../router/router.tsx';
import { Icon, type IconName } from './icons.tsx';

const tabs = [
  { key: 'tasks', to: { name: 'tasks', done: false }, icon: 'tasks' },
  { key: 'report', to: { name: 'report' }, icon: 'report' },
  { key: 'map', to: { name: 'map' }, icon: 'map' },
  { key: 'me', to: { name: 'me' }, icon: 'me' },
] as const satisfies readonly { key: string; to: Page; icon: IconName }[];

/** The four tabs under the thumb. Real links, so that the phone's back button knows them. */
export function TabBar({ page }: { page: Page }) {
  const t = useTexts(fieldShellTexts);
  const inbox = useTexts(notifyTexts);
  const unread = useInbox().data?.unread ?? 0;
  const tasks = useMyTasks();
  const hasDraft = useReportDrafts().length > 0;
  const ofMe = ['password', 'sessions', 'outbox', 'messages', 'telling', 'incident', 'round'].includes(page.name);
  const current = ofMe ? 'me' : page.name;
  const waiting = tasks.data?.items.filter(({ order }) => order.state === 'offered').length ?? 0;
  return (
    <nav className="tabs" aria-label={t.tabs.label}>
      {tabs.map(({ key, to, icon }) => (
        <Link key={key} to={to} className="tab" {...(current === key ? { 'aria-current': 'page' as const } : {})}>
          <Icon name={icon} />
          <span>{t.tabs[key]}</span>
          {key === 'tasks' && waiting > 0 ? <b className="tab-count">{waiting > 99 ? '99+' : waiting}</b> : null}
          {key === 'me' && unread > 0 ? (
            <b className="tab-count" role="img" aria-label={inbox.unread(unread)}>
              {unread > 99 ? '99+' : unread}
            </b>
          ) : null}
          {key === 'report' && hasDraft ? <b className="tab-dot" role="img" aria-label={t.draftWaiting} /> : null}
        </Link>
      ))}
    </nav>
  );
}
