import { pointStates, type PointState, type RoundPoint } from '@wangge/patrols/contract';
import { fieldOutboxTexts, fieldPatrolTexts } from '@wangge/texts/field';
import { formatClock, usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { navigateLink } from '../place/navigate-link.ts';
import { beginReportAt } from '../report/begin-report.ts';
import { Icon } from '../shell/icons.tsx';
import { pointMarks } from './point-marks.ts';

interface Props {
  readonly point: RoundPoint;
  readonly state: PointState;
  /** Checked in on this phone, not sent yet. */
  readonly kept: boolean;
  readonly onCheckIn: (() => void) | null;
}

/** One point: what it is, what can be done there. */
export function PointRow({ point, state, kept, onCheckIn }: Props) {
  const t = useTexts(fieldPatrolTexts);
  const outbox = useTexts(fieldOutboxTexts);
  const pick = usePick();
  const waits = state === 'waiting' && !kept;
  const notes = [
    point.doneAtMs === null ? null : t.at(formatClock(point.doneAtMs)),
    point.how === 'photo' ? t.byPhoto : null,
    point.byPhone ? t.byPhone : null,
    point.outOfOrder ? t.outOfOrder : null,
  ].filter((note) => note !== null);
  return (
    <li>
      <p className="task-top">
        <span>
          {point.n}. {point.name}
        </span>
        <span className={`wg-tag${state === 'missed' ? ' wg-tag-orange' : ''}`}>
          {kept ? (
            outbox.tag
          ) : (
            <>
              <span aria-hidden="true">{pointMarks[state]}</span> {pick(pointStates[state])}
            </>
          )}
        </span>
      </p>
      {point.task === null ? null : <p className="prose">{point.task}</p>}
      {notes.length > 0 ? <p className="muted">{notes.join(' · ')}</p> : null}
      {waits && onCheckIn ? (
        <a
          className="wide-link"
          aria-label={t.navigateTo(point.name)}
          href={navigateLink(point.place, point.name, navigator.userAgent)}
        >
          <Icon name="navigate" /> {t.navigate}
        </a>
      ) : null}
      <div className="patrol-buttons">
        {waits && onCheckIn ? (
          <Button color="primary" fill="outline" aria-label={t.checkInOf(point.name)} onClick={onCheckIn}>
            {t.checkIn}
          </Button>
        ) : null}
        <Button aria-label={t.reportOf(point.name)} onClick={() => beginReportAt(point.place)}>
          {t.report}
        </Button>
      </div>
    </li>
  );
}
