import { EmptyBlock, ErrorBlock, LoadingBlock, useTexts } from '@wangge/ui';
import { notifyTexts } from '@wangge/ui/notify';
import { fieldShellTexts } from '@wangge/texts/field';
import { useEffect } from 'react';
import { go, Link } from '../router/router.tsx';
import { Header } from '../shell/header.tsx';
import { useDoneTasks, useMyTasks } from '../tasks/use-tasks.ts';

/** Goes on to the own task of an incident; without one it says so. */
export function IncidentPage({ incidentId }: { incidentId: string }) {
  const t = useTexts(fieldShellTexts);
  const inbox = useTexts(notifyTexts);
  const open = useMyTasks();
  const mine = open.data?.items.find(({ incident }) => incident.id === incidentId);
  const done = useDoneTasks(open.data !== undefined && mine === undefined);
  const task =
    mine ?? done.data?.pages.flatMap((page) => page.items).find(({ incident }) => incident.id === incidentId);
  const orderId = task?.order.id;
  useEffect(() => {
    // Back leads past here, to where one came from.
    if (orderId !== undefined) go({ name: 'task', orderId }, 'replace');
  }, [orderId]);
  const error = open.error ?? done.error;
  const looking = open.isFetching || done.isFetching || orderId !== undefined;
  return (
    <>
      <Header title={inbox.open} back={{ name: 'messages' }} />
      <main className="page">
        {looking ? (
          <LoadingBlock rows={4} />
        ) : error ? (
          <ErrorBlock error={error} onRetry={() => void open.refetch()} />
        ) : (
          <EmptyBlock title={inbox.notMine}>
            <Link to={{ name: 'tasks', done: false }} className="plain-link">
              {t.toTasks}
            </Link>
          </EmptyBlock>
        )}
      </main>
    </>
  );
}
