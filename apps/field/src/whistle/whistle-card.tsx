import { presences, type Whistle } from '@wangge/dispatch/contract';
import { fieldOutboxTexts, fieldWhistleTexts } from '@wangge/texts/field';
import { formatSpan, formatTime, useClockOffset, useLang, useNow, usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useState } from 'react';
import { useWaiting } from '../deeds/use-deed.ts';
import { navigateLink } from '../place/navigate-link.ts';
import { Icon } from '../shell/icons.tsx';
import { ReportInSheet } from './report-in-sheet.tsx';

/** One whistle that calls my department, or that I asked for: where to, until when, and the button. */
export function WhistleCard({ whistle }: { whistle: Whistle }) {
  const t = useTexts(fieldWhistleTexts);
  const outbox = useTexts(fieldOutboxTexts);
  const pick = usePick();
  const [open, setOpen] = useState(false);
  const waiting = useWaiting('report-in', `whistle ${whistle.id}`);
  const mine = whistle.calls.find((call) => call.mine);
  const { place } = whistle;
  if (!mine || whistle.soundedAtMs === null) {
    return (
      <li className="task-card whistle-card">
        <p className="task-top">
          <strong>{whistle.state === 'asked' ? t.asked(whistle.incidentNumber) : whistle.incidentNumber}</strong>
        </p>
        {whistle.state === 'asked' ? <p className="muted">{t.askedHint}</p> : null}
        {whistle.askedReason === null ? null : <p className="prose">{whistle.askedReason}</p>}
        {whistle.calls.map((call) => (
          <p key={call.departmentId} className="task-foot">
            <span>{call.departmentName}</span>
            <span>{pick(presences[call.presence])}</span>
          </p>
        ))}
      </li>
    );
  }
  return (
    <li className="task-card whistle-card" data-testid="whistle-card">
      <p className="task-top">
        <strong>{t.called(whistle.incidentNumber)}</strong>
        <span className="wg-tag">{pick(presences[mine.presence])}</span>
        {waiting ? <span className="wg-tag">{outbox.tag}</span> : null}
      </p>
      {whistle.task === null ? null : <p className="prose">{whistle.task}</p>}
      {whistle.meetingPoint === null ? null : <p className="prose">{whistle.meetingPoint}</p>}
      <p className="muted">{t.by(whistle.soundedByName ?? '', whistle.limitMin ?? 0)}</p>
      {mine.presentAtMs === null ? (
        <Left dueAtMs={whistle.dueAtMs ?? 0} />
      ) : (
        <p className="muted">{t.came(formatTime(mine.presentAtMs))}</p>
      )}
      {place && mine.presentAtMs === null ? (
        <a
          className="wide-link"
          href={navigateLink(place, whistle.meetingPoint ?? whistle.incidentNumber, navigator.userAgent)}
        >
          <Icon name="navigate" /> {t.navigate}
        </a>
      ) : null}
      {whistle.may.reportIn && !waiting ? (
        <Button block color="primary" onClick={() => setOpen(true)}>
          {t.reportIn}
        </Button>
      ) : null}
      {open ? <ReportInSheet whistle={whistle} onClose={() => setOpen(false)} /> : null}
    </li>
  );
}

function Left({ dueAtMs }: { dueAtMs: number }) {
  const t = useTexts(fieldWhistleTexts);
  const { lang } = useLang();
  const offsetMs = useClockOffset();
  const leftMs = dueAtMs - (useNow(1000) + offsetMs);
  return (
    <p>
      {t.due(formatTime(dueAtMs))}{' '}
      <strong className={leftMs < 0 ? 'whistle-over' : ''}>
        {leftMs < 0 ? t.over(formatSpan(leftMs, lang)) : t.left(formatSpan(leftMs, lang))}
      </strong>
    </p>
  );
}
