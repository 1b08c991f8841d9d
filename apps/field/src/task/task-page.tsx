import { fieldShellTexts, fieldTaskTexts } from '@wangge/texts/field';
import { EmptyBlock, ErrorBlock, LoadingBlock, StaleTag, usePick, useTexts } from '@wangge/ui';
import { TaskClocks } from '../clocks/task-clocks.tsx';
import { AskForward } from '../forward/ask-forward.tsx';
import { AskHelp } from '../help/ask-help.tsx';
import { useSharing } from '../place/sharing.tsx';
import { usePosition } from '../place/use-position.ts';
import { Link } from '../router/router.tsx';
import { useMay } from '../session/me.tsx';
import { Problem } from '../shell/problem.tsx';
import { Header } from '../shell/header.tsx';
import { useCategories } from '../tasks/use-categories.ts';
import { useTask } from '../tasks/use-tasks.ts';
import { AskWhistle } from '../whistle/ask-whistle.tsx';
import { MoveBar } from './move-bar.tsx';
import { TaskFacts } from './task-facts.tsx';
import { TaskTimeline } from './task-timeline.tsx';

/** One task: facts above, what one can do under the thumb. */
export function TaskPage({ orderId }: { orderId: string }) {
  const t = useTexts(fieldTaskTexts);
  const shell = useTexts(fieldShellTexts);
  const pick = usePick();
  const { nameOf } = useCategories();
  const may = useMay('dispatch.read');
  const { task, gone, error, atMs, refetch } = useTask(orderId);
  const { onDuty } = useSharing();
  // Off duty the receiver starts only when one says that one has arrived.
  const position = usePosition(onDuty && task !== null);

  return (
    <>
      <Header title={task ? pick(nameOf(task.incident.categoryCode)) : t.title} back={{ name: 'tasks', done: false }} />
      <main className="page page-task">
        {task ? (
          <>
            {gone ? <Problem>{t.gone}</Problem> : null}
            <StaleTag atMs={atMs} />
            <TaskFacts task={task} fix={position.fix} />
            <TaskClocks task={task} gone={gone} />
            {gone ? null : <AskHelp incident={task.incident} />}
            {gone ? null : <AskForward task={task} />}
            {gone ? null : <AskWhistle task={task} />}
            <TaskTimeline incidentId={task.incident.id} />
          </>
        ) : !may ? (
          <EmptyBlock title={shell.noAccess} />
        ) : error ? (
          <ErrorBlock error={error} onRetry={() => void refetch()} />
        ) : !gone ? (
          <LoadingBlock rows={6} />
        ) : (
          <EmptyBlock title={t.gone}>
            <Link to={{ name: 'tasks', done: false }} replace className="plain-link">
              {shell.toTasks}
            </Link>
          </EmptyBlock>
        )}
      </main>
      <MoveBar task={task} gone={gone} />
    </>
  );
}
