import { orderStates, type Task } from '@wangge/dispatch/contract';
import { getIncident } from '@wangge/incidents/contract';
import { fieldTaskTexts } from '@wangge/texts/field';
import { formatTime, useActorName, useCall, usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import type { MoveItem } from '../outbox/item.ts';
import { Sheet } from '../shell/sheet.tsx';
import { conflictRows, type ConflictField } from './conflict-rows.ts';
import { possibleMoves } from './moves.ts';
import { moveLabel } from './timeline-label.ts';

interface Props {
  readonly conflict: MoveItem;
  /** The task as it is now; null when it is no longer this person's. */
  readonly task: Task | null;
  readonly busy: boolean;
  readonly onAgain: (conflict: MoveItem, task: Task) => void;
  /** Not to be done any more. */
  readonly onLeave: (conflict: MoveItem) => void;
  /** To be decided later. */
  readonly onClose: () => void;
}

/** Both sides of a stale edit: what the person saw, what is there now, and who changed it. */
export function ConflictSheet({ conflict, task, busy, onAgain, onLeave, onClose }: Props) {
  const t = useTexts(fieldTaskTexts);
  const words = t.conflict;
  const pick = usePick();
  const actorName = useActorName();
  const incident = useCall(getIncident, { params: { id: conflict.seen.incident.id } });
  const last = incident.data?.timeline.toSorted((a, b) => a.atMs - b.atMs).at(-1);
  const { seen, facts } = conflict;
  const name = t.moves[facts.move];
  const canStill = task !== null && possibleMoves(task.order.moves).includes(facts.move);

  const show = ({ order, incident: about }: Task, field: ConflictField): string => {
    switch (field) {
      case 'state':
        return pick(orderStates[order.state]) + (order.pending ? ` · ${t.pending[order.pending]}` : '');
      case 'party':
        return order.handlerName ?? order.partyName;
      case 'deadline':
        return about.deadlineMs === null ? words.none : formatTime(about.deadlineMs);
      case 'place':
        return about.address ?? about.areaName ?? words.none;
      case 'photos':
        return about.photos.length === 0 ? words.noPhotos : words.photoCount(about.photos.length);
    }
  };
  return (
    <Sheet
      title={words.title}
      onlyText
      onClose={onClose}
      actions={
        <>
          <Button disabled={busy} onClick={() => onLeave(conflict)}>
            {words.leave}
          </Button>
          {canStill ? (
            <Button color="primary" disabled={busy} onClick={() => onAgain(conflict, task)}>
              {busy ? t.waiting : words.again(name)}
            </Button>
          ) : null}
        </>
      }
    >
      <p>{words.text}</p>
      {task === null ? (
        <p className="problem-text">{t.gone}</p>
      ) : (
        <table className="conflict">
          <thead>
            <tr>
              <th scope="col">{words.item}</th>
              <th scope="col">{words.mine}</th>
              <th scope="col">{words.now}</th>
            </tr>
          </thead>
          <tbody>
            {conflictRows(seen, task).map(({ field, changed }) => (
              <tr key={field} className={changed ? 'conflict-changed' : ''}>
                <th scope="row">{words[field]}</th>
                <td>{show(seen, field)}</td>
                <td>
                  {show(task, field)} <span className="conflict-mark">{changed ? words.changed : words.same}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {last ? (
        <p>
          <strong>{pick(moveLabel(last.move))}</strong>{' '}
          {words.by(actorName(last.actorName), formatTime(last.atMs), last.reason)}
        </p>
      ) : null}
      <p>
        {words.doing}
        <strong>{name}</strong>
        {'text' in facts ? ` “${facts.text}”` : facts.move === 'return' ? ` “${facts.reason}”` : ''}
      </p>
      {canStill ? null : <p className="problem-text">{words.impossible}</p>}
    </Sheet>
  );
}
