import { clockPhases, ladderActs, type IncidentClock } from '@wangge/incidents/contract';
import { fieldClockTexts } from '@wangge/texts/field';
import { DeadlineTag, formatSpan, formatTime, useLang, usePick, useTexts } from '@wangge/ui';
import { Icon } from '../shell/icons.tsx';

/** One clock: its state in words, and what made the deadline what it is. */
export function ClockLine({ clock }: { clock: IncidentClock }) {
  const t = useTexts(fieldClockTexts);
  const pick = usePick();
  const { lang } = useLang();
  const stands = clock.state === 'paused' ? clock.pauses.find((pause) => pause.toMs === null) : undefined;
  const ended = clock.state === 'met' || clock.state === 'missed';
  const notes = [
    ...(stands
      ? [t.paused(t.why[stands.why]) + (stands.untilMs === null ? '' : ` · ${t.until(formatTime(stands.untilMs))}`)]
      : []),
    ...clock.extensions.map((each) => t.extended(formatSpan(each.ms, lang), each.approvedBy)),
    ...(clock.toldAtMs === null ? [] : [t.told(clock.reminders, formatTime(clock.toldAtMs))]),
    ...(clock.acknowledgedAtMs === null
      ? []
      : [t.acknowledged(clock.acknowledgedBy ?? '', formatTime(clock.acknowledgedAtMs))]),
    ...(clock.next === null || ended ? [] : [t.next(pick(ladderActs[clock.next.act]), formatTime(clock.next.atMs))]),
  ];
  const late = clock.state === 'overdue' || clock.state === 'missed';
  return (
    <li>
      <p className="clock-top">
        <Icon name={stands ? 'pause' : ended ? 'check' : 'clock'} size={16} />
        <strong>{pick(clockPhases[clock.phase])}</strong>
        <span className={late ? 'clock-late' : ''}>{t.states[clock.state]}</span>
        {ended || clock.deadlineMs === null ? null : <DeadlineTag deadlineMs={clock.deadlineMs} clock={null} />}
        {clock.deadlineMs === null ? null : <span className="muted">{t.due(formatTime(clock.deadlineMs))}</span>}
      </p>
      {notes.map((note) => (
        <p key={note} className="muted">
          {note}
        </p>
      ))}
    </li>
  );
}
