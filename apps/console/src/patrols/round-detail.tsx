import { checkInHows, pointStates, readRound, type Round } from '@wangge/patrols/contract';
import { patrolTexts } from '@wangge/texts/console';
import { ErrorBlock, formatClock, useCall, usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd';
import { useState } from 'react';
import { Photos } from '../incident/photos.tsx';

const marks = { waiting: '○', done: '✓', missed: '!', 'called-off': '–' } as const;

/** Each point of a round; positions and photos only when somebody asks for them. */
export function RoundDetail({ round }: { round: Round }) {
  const t = useTexts(patrolTexts);
  const pick = usePick();
  const [whole, setWhole] = useState(false);
  // Kept for a while: each look is an entry of the audit trail.
  const detail = useCall(readRound, { params: { id: round.id } }, { enabled: whole, freshMs: 600_000 });
  const { points } = detail.data?.round ?? round;
  return (
    <div className="receipts patrol-table">
      {/* On a phone it moves sideways, by the keyboard as well. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="patrol-scroll" role="region" aria-label={round.routeName} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.point}</th>
              <th scope="col">{t.state}</th>
              <th scope="col">{t.at}</th>
              <th scope="col">{t.how}</th>
              <th scope="col">{t.distance}</th>
              <th scope="col">{t.notes}</th>
              {detail.data ? <th scope="col">{t.place}</th> : null}
            </tr>
          </thead>
          <tbody>
            {points.map((p) => (
              <tr key={p.n}>
                <td>
                  {p.n}. {p.name}
                </td>
                <td>
                  <span aria-hidden="true">{marks[p.state]}</span> {pick(pointStates[p.state])}
                </td>
                <td>{p.doneAtMs === null ? t.none : formatClock(p.doneAtMs)}</td>
                <td>{p.how === null ? t.none : pick(checkInHows[p.how])}</td>
                <td>{p.distanceM === null ? t.none : t.metres(p.distanceM)}</td>
                <td>
                  {[p.byPhone ? t.byPhone : '', p.outOfOrder ? t.outOfOrder : '', p.reason ?? '']
                    .filter((note) => note !== '')
                    .join(' · ')}
                  <Photos photos={p.photos} label={false} />
                </td>
                {detail.data ? (
                  <td>{p.measured ? `${p.measured.lon.toFixed(6)}, ${p.measured.lat.toFixed(6)}` : t.none}</td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {detail.error ? <ErrorBlock error={detail.error} onRetry={() => void detail.refetch()} /> : null}
      {whole ? null : (
        <p>
          <Button size="small" onClick={() => setWhole(true)}>
            {t.details}
          </Button>{' '}
          <span className="muted">{t.detailsHint}</span>
        </p>
      )}
    </div>
  );
}
