import { LoadingBlock, OfflineBar } from '@wangge/ui';
import { lazy, Suspense } from 'react';
import { IncidentPage } from '../messages/incident-page.tsx';
import { MessagesPage } from '../messages/messages-page.tsx';
import { TellingPage } from '../messages/telling-page.tsx';
import { usePushOpened } from '../messages/use-push-opened.ts';
import { MePage } from '../me/me-page.tsx';
import { PasswordPage } from '../me/password-page.tsx';
import { SessionsPage } from '../me/sessions-page.tsx';
import { OutboxBar } from '../outbox/outbox-bar.tsx';
import { OutboxPage } from '../outbox/outbox-page.tsx';
import { RoundPage } from '../patrol/round-page.tsx';
import { ReportPage } from '../report/report-page.tsx';
import type { Page } from '../router/path.ts';
import { usePage } from '../router/router.tsx';
import { TaskPage } from '../task/task-page.tsx';
import { TasksPage } from '../tasks/tasks-page.tsx';
import { useCategories } from '../tasks/use-categories.ts';
import { useNewTaskAlert } from '../tasks/use-new-task-alert.ts';
import { NotFound } from './not-found.tsx';
import { Notice } from './notice.tsx';
import { TabBar } from './tab-bar.tsx';
import { UpdateBar } from './update-bar.tsx';

/** The map's library is half of all code; the list of tasks must not wait for it. */
const MapPage = lazy(async () => ({ default: (await import('../map/map-page.tsx')).MapPage }));

/** Page and tabs. A task has its own buttons where the tabs are elsewhere. */
export function Shell() {
  const page = usePage();
  useNewTaskAlert();
  usePushOpened();
  // Without signal nothing could be reported before they were fetched once.
  useCategories();
  return (
    <div className={`shell${page.name === 'task' ? '' : ' shell-tabs'}`}>
      <Notice />
      <OfflineBar />
      <UpdateBar />
      {page.name === 'outbox' ? null : <OutboxBar />}
      <Suspense fallback={<LoadingBlock rows={5} />}>
        <Body page={page} />
      </Suspense>
      {page.name === 'task' ? null : <TabBar page={page} />}
    </div>
  );
}

function Body({ page }: { page: Page }) {
  switch (page.name) {
    case 'tasks':
      return <TasksPage done={page.done} />;
    case 'task':
      return <TaskPage key={page.orderId} orderId={page.orderId} />;
    case 'report':
      return <ReportPage />;
    case 'map':
      return <MapPage key={page.helpId ?? ''} helpId={page.helpId ?? null} />;
    case 'me':
      return <MePage />;
    case 'password':
      return <PasswordPage />;
    case 'sessions':
      return <SessionsPage />;
    case 'outbox':
      return <OutboxPage />;
    case 'messages':
      return <MessagesPage />;
    case 'telling':
      return <TellingPage />;
    case 'incident':
      return <IncidentPage key={page.incidentId} incidentId={page.incidentId} />;
    case 'round':
      return <RoundPage key={page.roundId} roundId={page.roundId} />;
    case 'not-found':
      return <NotFound />;
  }
}
