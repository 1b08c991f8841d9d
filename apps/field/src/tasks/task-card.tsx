import type { Task } from '@wangge/dispatch/contract';
import { fieldOutboxTexts, fieldTasksTexts, fieldTaskTexts } from '@wangge/texts/field';
import { formatDistance, OrderStateTag, SeverityMark, useLang, usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { CardClock } from '../clocks/card-clock.tsx';
import { withWaiting } from '../outbox/overlay.ts';
import { useOutbox } from '../outbox/use-outbox.ts';
import type { Fix } from '../place/position.ts';
import { metresBetween } from '../place/metres-between.ts';
import { Link } from '../router/router.tsx';
import { Problem } from '../shell/problem.tsx';
import { useMove } from '../task/use-move.ts';
import { useCategories } from './use-categories.ts';

interface Props {
  readonly task: Task;
  readonly fix: Fix | null;
  /** A finished task: without countdown and button. */
  readonly done?: boolean;
}

export function TaskCard({ task: known, fix, done = false }: Props) {
  const t = useTexts(fieldTasksTexts);
  const words = useTexts(fieldTaskTexts);
  const outbox = useTexts(fieldOutboxTexts);
  const { lang } = useLang();
  const pick = usePick();
  const { nameOf } = useCategories();
  const task = withWaiting(known, useOutbox());
  const { order, incident } = task;
  const move = useMove(task);
  const category = pick(nameOf(incident.categoryCode));
  const what = `${category} ${incident.number}`;
  return (
    <li className="task-card">
      <Link to={{ name: 'task', orderId: order.id }} className="task-link">
        <span className="task-top">
          <SeverityMark severity={incident.severity} withLabel={incident.severity !== 'ordinary'} />
          <strong>{category}</strong>
          <OrderStateTag state={order.state} />
          {task === known ? null : <span className="wg-tag">{outbox.tag}</span>}
          {incident.supervised ? <span className="wg-tag wg-tag-volcano">{words.supervised}</span> : null}
        </span>
        <span className="task-text">{incident.summary}</span>
        <span className="task-foot">
          <span>{incident.address ?? incident.areaName ?? t.noPlace}</span>
          {fix && incident.place && !done ? (
            <span>{t.away(formatDistance(metresBetween(fix.place, incident.place), lang))}</span>
          ) : null}
          {order.party.kind === 'department' ? <span>{t.forDepartment(order.partyName)}</span> : null}
          {done ? null : <CardClock task={task} />}
        </span>
      </Link>
      {order.moves.includes('accept') && !done ? (
        <Button
          block
          color="primary"
          disabled={move.busy}
          aria-label={t.acceptOf(what)}
          onClick={() => move.send({ move: 'accept' })}
        >
          {move.busy ? words.waiting : t.accept}
        </Button>
      ) : null}
      {move.conflict ? <Problem>{words.conflict.title}</Problem> : null}
      {move.error ? <Problem>{pick(move.error.text)}</Problem> : null}
    </li>
  );
}
