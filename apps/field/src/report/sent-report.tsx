import { incidentStates } from '@wangge/incidents/contract';
import { fieldOutboxTexts, fieldReportTexts, fieldShellTexts } from '@wangge/texts/field';
import { usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useEffect, useRef } from 'react';
import { outboxStore } from '../outbox/kept.ts';
import { useOutboxItem } from '../outbox/use-outbox.ts';
import { UploadProgress } from '../photos/upload-progress.tsx';
import { Link } from '../router/router.tsx';
import { Icon } from '../shell/icons.tsx';
import { Problem } from '../shell/problem.tsx';

/** What became of a report: kept on the phone, on its way, arrived; and on to the next. */
export function SentReport({ id, onAnother }: { id: string; onAnother: () => void }) {
  const t = useTexts(fieldReportTexts);
  const outbox = useTexts(fieldOutboxTexts);
  const shell = useTexts(fieldShellTexts);
  const pick = usePick();
  const item = useOutboxItem(id);
  const title = useRef<HTMLHeadingElement>(null);
  const answer = item?.kind === 'report' ? item.answer : null;
  const hasArrived = answer !== null;
  // The form is gone, and what is said here changes: the focus goes where the news is.
  useEffect(() => title.current?.focus(), [hasArrived]);
  const isOnItsWay = item?.state === 'sending' || (item?.state === 'waiting' && item.tries === 0 && navigator.onLine);
  const photos = item?.photos ?? [];
  return (
    <section className="card sent">
      <p className="sent-mark">
        <Icon name={hasArrived ? 'check' : 'phone'} size={48} />
      </p>
      <h2 ref={title} tabIndex={-1}>
        {hasArrived ? t.sent : outbox.kept.title}
      </h2>
      {answer ? (
        <>
          <p className="number">{t.sentNumber(answer.number)}</p>
          <p className="muted">{pick(incidentStates[answer.state])}</p>
          {answer.replayed ? <p>{t.sentReplayed}</p> : null}
        </>
      ) : item?.state === 'refused' ? (
        <>
          <Problem>
            {item.problem ? pick(item.problem.text) : ''} {outbox.kept.refused}
          </Problem>
          <Link to={{ name: 'outbox' }} className="wide-link">
            {outbox.kept.toList}
          </Link>
        </>
      ) : (
        <div role="status">
          <p>{isOnItsWay ? outbox.kept.sending : outbox.kept.text}</p>
          {isOnItsWay && photos.length > 0 ? (
            <UploadProgress done={photos.filter(({ fileId }) => fileId !== null).length} all={photos.length} />
          ) : null}
          {outboxStore().lasting ? null : <Problem>{outbox.notLasting}</Problem>}
        </div>
      )}
      <Button block color="primary" size="large" onClick={onAnother}>
        {t.another}
      </Button>
      <Link to={{ name: 'tasks', done: false }} className="wide-link">
        {shell.toTasks}
      </Link>
    </section>
  );
}
