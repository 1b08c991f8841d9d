import { incidentTexts } from '@wangge/texts/console';
import { formatTime, useLabelled, usePick, useTexts } from '@wangge/ui';
import { Alert, Button } from 'antd';
import { useCategories } from '../common/use-categories.ts';
import { changesSince } from './changes-since.ts';
import { TimelineEntry } from './timeline.tsx';
import type { Conflict } from './use-guarded.ts';

interface Props {
  readonly conflict: Conflict;
  /** Whether what one wanted to do can still be done. */
  readonly possible: boolean;
  readonly busy: boolean;
  readonly onRetry: () => void;
  readonly onDrop: () => void;
}

/** Shows what changed in between and lets the person decide. */
export function ConflictNote({ conflict, possible, busy, onRetry, onDrop }: Props) {
  const t = useTexts(incidentTexts);
  const pick = usePick();
  const labelled = useLabelled();
  const { nameOf } = useCategories();
  const { entries, fields } = changesSince(conflict.before, conflict.after, { category: nameOf, time: formatTime });
  const labels = {
    state: t.move.title,
    severity: t.facts.severity,
    category: t.facts.category,
    place: t.facts.place,
    deadline: t.facts.deadline,
  };
  return (
    <Alert
      type="warning"
      role="alert"
      className="gap conflict"
      title={t.conflict.title}
      data-testid="conflict"
      description={
        <>
          <p>{entries.length + fields.length > 0 ? t.conflict.explain : t.conflict.nothing}</p>
          <ul className="plain">
            {fields.map((change) => (
              <li key={change.field}>
                {labelled(labels[change.field], t.conflict.was(pick(change.before), pick(change.after)))}
              </li>
            ))}
          </ul>
          <ol className="timeline">
            {entries.map((entry) => (
              <TimelineEntry key={entry.id} entry={entry} />
            ))}
          </ol>
          {possible ? (
            <Button type="primary" loading={busy} onClick={onRetry}>
              {t.conflict.retry}
            </Button>
          ) : (
            <p>{t.conflict.impossible}</p>
          )}{' '}
          <Button onClick={onDrop}>{t.conflict.drop}</Button>
        </>
      }
    />
  );
}
