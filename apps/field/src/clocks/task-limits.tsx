import type { Task } from '@wangge/dispatch/contract';
import { fieldClockTexts } from '@wangge/texts/field';
import { formatTime, useTexts } from '@wangge/ui';
import { LimitLine } from './limit-line.tsx';
import { limitsOf } from './limits-of.ts';

/** The resident's limit and the task's own, largest of all on its page. */
export function TaskLimits({ task }: { task: Task }) {
  const t = useTexts(fieldClockTexts);
  const limits = limitsOf(task);
  if (limits.length === 0) return <p className="muted">{t.none}</p>;
  return (
    <ul className="task-limits" data-testid="task-limits">
      {limits.map((limit) => (
        <li key={limit.of} className="task-deadline">
          {limits.length > 1 ? <span className="muted">{t.of[limit.of]}</span> : null}
          <LimitLine limit={limit} />
          {limit.kind === 'due' ? <span className="muted">{t.due(formatTime(limit.deadlineMs))}</span> : null}
        </li>
      ))}
    </ul>
  );
}
