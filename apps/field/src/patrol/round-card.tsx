import { roundStates, type Round, type RoundPoint } from '@wangge/patrols/contract';
import { fieldPatrolTexts } from '@wangge/texts/field';
import { formatClock, formatDistance, formatEnd, useLang, usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useState } from 'react';
import { metresBetween } from '../place/metres-between.ts';
import { useSharing } from '../place/sharing.tsx';
import { CheckInSheet } from './check-in-sheet.tsx';
import { isOpen, stateNow } from './round-now.ts';
import { PointRow } from './point-row.tsx';
import { useWaitingPoints } from './use-waiting-points.ts';

/** One walk of today: how far it is, the next point, and every point on demand. */
export function RoundCard({ round, nowMs }: { round: Round; nowMs: number }) {
  const t = useTexts(fieldPatrolTexts);
  const pick = usePick();
  const { lang } = useLang();
  const { fix } = useSharing().position;
  const waiting = useWaitingPoints(round.id);
  const [at, setAt] = useState<RoundPoint | null>(null);
  const open = isOpen(round, nowMs);
  const isDone = (p: RoundPoint): boolean => p.state === 'done' || waiting.has(p.n);
  const next = open ? round.points.find((p) => !isDone(p)) : undefined;
  const over = nowMs > round.endsAtMs && round.points.some((p) => stateNow(p, round, nowMs) === 'missed');
  const state = over ? 'missed' : open && round.state === 'upcoming' ? 'open' : round.state;
  return (
    <li className="task-card whistle-card" data-testid="round-card">
      <p className="task-top">
        <strong>{round.routeName}</strong>
        <span className={`wg-tag${state === 'missed' ? ' wg-tag-orange' : ''}`}>{pick(roundStates[state])}</span>
      </p>
      <p className="task-foot">
        <span>{t.within(formatClock(round.startsAtMs), formatEnd(round.startsAtMs, round.endsAtMs, t.nextDay))}</span>
        <span>{t.progress(round.points.filter(isDone).length, round.points.length)}</span>
        <span>{round.areaName}</span>
      </p>
      {next ? (
        <>
          <p>
            {t.next(next.name)}{' '}
            {fix ? (
              <span className="muted">{t.away(formatDistance(metresBetween(fix.place, next.place), lang))}</span>
            ) : null}
          </p>
          {next.task === null ? null : <p className="prose">{next.task}</p>}
          <Button block color="primary" onClick={() => setAt(next)} data-testid="check-in-next">
            {t.checkInOf(next.name)}
          </Button>
        </>
      ) : state === 'upcoming' ? (
        <p className="muted">{t.upcoming(formatClock(round.startsAtMs))}</p>
      ) : null}
      <details className="patrol-points">
        <summary>{t.points}</summary>
        <ol>
          {round.points.map((point) => (
            <PointRow
              key={point.n}
              point={point}
              state={stateNow(point, round, nowMs)}
              kept={waiting.has(point.n)}
              onCheckIn={open ? () => setAt(point) : null}
            />
          ))}
        </ol>
      </details>
      {at ? <CheckInSheet round={round} point={at} onClose={() => setAt(null)} /> : null}
    </li>
  );
}
