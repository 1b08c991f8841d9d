import { presences, whistleStates, type Whistle, type WhistleCall } from '@wangge/dispatch/contract';
import { whistleTexts } from '@wangge/texts/console';
import { formatSpan, formatTime, useClockOffset, useLang, useNow, usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd';
import type { Deed } from './whistle-dialog.tsx';

interface Props {
  readonly whistle: Whistle;
  readonly onDeed: (deed: Deed) => void;
  readonly onGrant: () => void;
}

/** One whistle: how much time is left, and each department by name. */
export function WhistleItem({ whistle, onDeed, onGrant }: Props) {
  const t = useTexts(whistleTexts).panel;
  const pick = usePick();
  const { may } = whistle;
  const here = whistle.calls.filter((call) => call.presentAtMs !== null).length;
  return (
    <li className={`whistle whistle-${whistle.state}`} data-testid="whistle">
      <div className="clock-head">
        <strong>{pick(whistleStates[whistle.state])}</strong>
        {whistle.calls.length === 0 ? null : <span className="clock-state">{t.count(here, whistle.calls.length)}</span>}
        <Left whistle={whistle} />
      </div>
      <p className="clock-notes">
        {whistle.soundedAtMs === null
          ? t.asked(whistle.askedByName ?? '', formatTime(whistle.askedAtMs ?? 0))
          : t.by(whistle.soundedByName ?? '', formatTime(whistle.soundedAtMs), whistle.limitMin ?? 0)}
        {whistle.state === 'sounded' && whistle.radiusM !== null ? ` · ${t.within(whistle.radiusM)}` : ''}
        {whistle.endedAtMs === null ? '' : ` · ${t.ended(formatTime(whistle.endedAtMs))}`}
      </p>
      {whistle.askedReason === null ? null : <p className="clock-notes">{whistle.askedReason}</p>}
      {whistle.meetingPoint === null ? null : <p className="clock-notes">{whistle.meetingPoint}</p>}
      {whistle.declinedReason === null ? null : <p className="clock-notes">{t.declined(whistle.declinedReason)}</p>}
      <ul className="whistle-calls">
        {whistle.calls.map((call) => (
          <li key={call.departmentId} className={`whistle-call presence-${call.presence}`}>
            <span className="whistle-name">{call.departmentName}</span>
            <span className="clock-state">{pick(presences[call.presence])}</span>
            <Came call={call} />
            {may.word && call.presentAtMs === null ? (
              <Button size="small" onClick={() => onDeed({ kind: 'presence', whistle, call })}>
                {t.word}
              </Button>
            ) : null}
            {may.rate && call.rating === null ? (
              <Button size="small" onClick={() => onDeed({ kind: 'rate', whistle, call })}>
                {t.rate}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {may.end || may.decide ? (
        <div className="moves-buttons">
          {may.end ? <Button onClick={() => onDeed({ kind: 'end', whistle })}>{t.end}</Button> : null}
          {may.decide ? (
            <>
              <Button type="primary" onClick={onGrant}>
                {t.grant}
              </Button>
              <Button onClick={() => onDeed({ kind: 'decline', whistle })}>{t.decline}</Button>
            </>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}

/** How much of the limit is left, or how long it is over, while somebody is awaited. */
function Left({ whistle }: { whistle: Whistle }) {
  const t = useTexts(whistleTexts).panel;
  const { lang } = useLang();
  const offsetMs = useClockOffset();
  const nowMs = useNow(1000) + offsetMs;
  if (whistle.state !== 'sounded' || whistle.dueAtMs === null) return null;
  if (whistle.calls.every((call) => call.presentAtMs !== null)) return null;
  const leftMs = whistle.dueAtMs - nowMs;
  return (
    <>
      <span>{t.due(formatTime(whistle.dueAtMs))}</span>
      <span className={leftMs < 0 ? 'whistle-over' : ''}>
        {leftMs < 0 ? t.over(formatSpan(leftMs, lang)) : t.left(formatSpan(leftMs, lang))}
      </span>
    </>
  );
}

function Came({ call }: { call: WhistleCall }) {
  const t = useTexts(whistleTexts).panel;
  const { rating } = call;
  return (
    <span className="whistle-facts">
      {call.presentAtMs === null ? null : (
        <span>
          {formatTime(call.presentAtMs)}{' '}
          {call.how === 'position'
            ? t.byPosition(call.presentName ?? '', call.distanceM ?? 0)
            : t.byWord(call.presentName ?? '')}
        </span>
      )}
      {rating === null ? null : (
        <span>
          {t.marks(rating.attitude, rating.speed, rating.result)}
          {rating.words === null ? '' : ` · ${rating.words}`}
        </span>
      )}
    </span>
  );
}
