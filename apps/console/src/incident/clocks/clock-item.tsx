import { clockModes, clockPhases, ladderActs, type IncidentClock } from '@wangge/incidents/contract';
import { clockTexts } from '@wangge/texts/console';
import { formatSpan, formatTime, useLang, usePick, useTexts } from '@wangge/ui';

interface Props {
  readonly clock: IncidentClock;
  /** Of the order that it belongs to. */
  readonly partyName: string | null;
}

/** One clock: how much is left, and everything that made its deadline what it is. */
export function ClockItem({ clock, partyName }: Props) {
  const t = useTexts(clockTexts).detail;
  const pick = usePick();
  const { lang } = useLang();
  const ended = clock.state === 'met' || clock.state === 'missed';
  const notes = [
    ...clock.pauses.map(
      (p) =>
        t.paused(t.why[p.why], formatTime(p.fromMs), p.toMs === null ? t.still : formatTime(p.toMs)) +
        (p.toMs === null && p.untilMs !== null ? t.until(formatTime(p.untilMs)) : ''),
    ),
    ...clock.extensions.map((e) => t.extended(formatSpan(e.ms, lang), e.askedBy, e.approvedBy, e.reason)),
    ...(clock.toldAtMs === null ? [] : [t.told(clock.reminders, formatTime(clock.toldAtMs))]),
    ...(clock.acknowledgedAtMs === null
      ? []
      : [t.acknowledged(clock.acknowledgedBy ?? '', formatTime(clock.acknowledgedAtMs))]),
    ...(clock.next === null || ended ? [] : [t.next(pick(ladderActs[clock.next.act]), formatTime(clock.next.atMs))]),
    ...(clock.unknownYears.length === 0 ? [] : [`⚠ ${t.unknownYears(clock.unknownYears.join(', '))}`]),
  ];
  return (
    <li className={`clock clock-${clock.state}`} data-testid={`clock-${clock.phase}`}>
      <div className="clock-head">
        <strong>{pick(clockPhases[clock.phase])}</strong>
        {partyName === null ? null : <span className="muted">{t.of(partyName)}</span>}
        <span className="clock-state">{t.states[clock.state]}</span>
        <span>{clock.deadlineMs === null ? t.noDue : t.due(formatTime(clock.deadlineMs))}</span>
        {ended ? null : (
          <span>
            {clock.leftMs < 0 ? t.late(formatSpan(clock.leftMs, lang)) : t.left(formatSpan(clock.leftMs, lang))}
          </span>
        )}
        <span className="muted">{t.limit(formatSpan(clock.minutes * 60_000, lang), pick(clockModes[clock.mode]))}</span>
      </div>
      {notes.length === 0 ? null : (
        <ul className="clock-notes">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </li>
  );
}
