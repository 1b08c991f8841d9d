import { fieldShellTexts, fieldTasksTexts } from '@wangge/texts/field';
import { EmptyBlock, ErrorBlock, LoadingBlock, StaleTag, useTexts } from '@wangge/ui';
import { useSharing } from '../place/sharing.tsx';
import { Link } from '../router/router.tsx';
import { useMay } from '../session/me.tsx';
import { Header } from '../shell/header.tsx';
import { MyForwards } from '../forward/my-forwards.tsx';
import { MyHelps } from '../help/my-helps.tsx';
import { MyInstructions } from '../instructions/my-instructions.tsx';
import { MyRounds } from '../patrol/my-rounds.tsx';
import { MyWhistles } from '../whistle/my-whistles.tsx';
import { DoneTasks } from './done-tasks.tsx';
import { groupTasks } from './group-tasks.ts';
import { TaskCard } from './task-card.tsx';
import { useMyTasks } from './use-tasks.ts';

/** To do and done. */
export function TasksPage({ done }: { done: boolean }) {
  const t = useTexts(fieldTasksTexts);
  const tasks = useMyTasks();
  const may = useMay('dispatch.read');
  const count = tasks.data?.items.length ?? null;
  return (
    <>
      <Header title={t.title} />
      <main className="page">
        <nav className="switch" aria-label={t.which}>
          <Link to={{ name: 'tasks', done: false }} replace {...(done ? {} : { 'aria-current': 'page' as const })}>
            {t.open(count)}
          </Link>
          <Link to={{ name: 'tasks', done: true }} replace {...(done ? { 'aria-current': 'page' as const } : {})}>
            {t.done}
          </Link>
        </nav>
        {done ? null : <MyHelps />}
        {may && !done ? <MyWhistles /> : null}
        {done ? null : <MyForwards />}
        {done ? null : <MyInstructions />}
        {done ? null : <MyRounds />}
        {!may ? <NoAccess /> : done ? <DoneTasks /> : <OpenTasks />}
      </main>
    </>
  );
}

function NoAccess() {
  return <EmptyBlock title={useTexts(fieldShellTexts).noAccess} />;
}

function OpenTasks() {
  const t = useTexts(fieldTasksTexts);
  const tasks = useMyTasks();
  const { position } = useSharing();
  if (!tasks.data)
    return tasks.error ? (
      <ErrorBlock error={tasks.error} onRetry={() => void tasks.refetch()} />
    ) : (
      <LoadingBlock rows={5} />
    );
  const groups = groupTasks(tasks.data.items);
  if (groups.length === 0)
    return (
      <EmptyBlock title={t.empty}>
        <p>{t.emptyHint}</p>
        <StaleTag atMs={tasks.dataUpdatedAt} />
      </EmptyBlock>
    );
  return (
    <>
      <StaleTag atMs={tasks.dataUpdatedAt} />
      {groups.map(({ group, tasks: each }) => (
        <section key={group} aria-labelledby={`group-${group}`}>
          <h2 id={`group-${group}`} className="group-title">
            {t.groups[group]} <span className="muted">{each.length}</span>
          </h2>
          <ul className="task-list">
            {each.map((task) => (
              <TaskCard key={task.order.id} task={task} fix={position.fix} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
