import { incidentStates } from '@wangge/incidents/contract';
import { fieldReportTexts, fieldShellTexts } from '@wangge/texts/field';
import { usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useEffect, useRef } from 'react';
import { Link } from '../router/router.tsx';
import { Icon } from '../shell/icons.tsx';
import type { SentReport as Sent } from './use-send-report.ts';

/** It arrived: number and state, and on to the next. */
export function SentReport({ sent, onAnother }: { sent: Sent; onAnother: () => void }) {
  const t = useTexts(fieldReportTexts);
  const shell = useTexts(fieldShellTexts);
  const pick = usePick();
  const title = useRef<HTMLHeadingElement>(null);
  // The form is gone: the focus goes where the news is.
  useEffect(() => title.current?.focus(), []);
  return (
    <section className="card sent">
      <p className="sent-mark">
        <Icon name="check" size={48} />
      </p>
      <h2 ref={title} tabIndex={-1}>
        {t.sent}
      </h2>
      <p className="number">{t.sentNumber(sent.number)}</p>
      <p className="muted">{pick(incidentStates[sent.state])}</p>
      {sent.replayed ? <p>{t.sentReplayed}</p> : null}
      <Button block color="primary" size="large" onClick={onAnother}>
        {t.another}
      </Button>
      <Link to={{ name: 'tasks', done: false }} className="wide-link">
        {shell.toTasks}
      </Link>
    </section>
  );
}
