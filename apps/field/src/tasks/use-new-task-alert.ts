import { fieldTasksTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';
import { useEffect, useRef } from 'react';
import { say } from '../shell/notice.tsx';
import { useMyTasks } from './use-tasks.ts';

/** Says and buzzes when a task is offered while the page is open, on whichever tab one is. */
export function useNewTaskAlert(): void {
  const t = useTexts(fieldTasksTexts);
  const { data } = useMyTasks();
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (!data) return;
    const offered = data.items.filter(({ order }) => order.state === 'offered').map(({ order }) => order.id);
    const before = known.current;
    known.current = new Set([...(before ?? []), ...offered]);
    const fresh = before === null ? 0 : offered.filter((id) => !before.has(id)).length;
    if (fresh === 0) return;
    say(t.fresh(fresh));
    // Browsers allow it only after a first tap on the page; elsewhere it does not exist.
    if ('vibrate' in navigator) navigator.vibrate([120, 80, 120]);
  }, [data, t]);
}
