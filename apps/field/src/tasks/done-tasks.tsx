import { fieldTasksTexts } from '@wangge/texts/field';
import { EmptyBlock, ErrorBlock, LoadingBlock, StaleTag, usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { Problem } from '../shell/problem.tsx';
import { TaskCard } from './task-card.tsx';
import { useDoneTasks } from './use-tasks.ts';

export function DoneTasks() {
  const t = useTexts(fieldTasksTexts);
  const pick = usePick();
  const done = useDoneTasks(true);
  if (!done.data)
    return done.error ? (
      <ErrorBlock error={done.error} onRetry={() => void done.refetch()} />
    ) : (
      <LoadingBlock rows={5} />
    );
  const tasks = done.data.pages.flatMap((page) => page.items);
  if (tasks.length === 0) return <EmptyBlock title={t.emptyDone} />;
  return (
    <>
      <StaleTag atMs={done.dataUpdatedAt} />
      <ul className="task-list">
        {tasks.map((task) => (
          <TaskCard key={task.order.id} task={task} fix={null} done />
        ))}
      </ul>
      {done.isFetchNextPageError ? <Problem>{pick(done.error.text)}</Problem> : null}
      {done.hasNextPage ? (
        <Button block disabled={done.isFetchingNextPage} onClick={() => void done.fetchNextPage()}>
          {done.isFetchingNextPage ? t.loadingMore : t.more}
        </Button>
      ) : null}
    </>
  );
}
