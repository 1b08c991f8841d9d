import { listRounds, pointStates, type Round, roundStates } from '@wangge/patrols/contract';
import { fieldPatrolTexts } from '@wangge/texts/field';
import {
  EmptyBlock,
  ErrorBlock,
  formatClock,
  formatDay,
  formatEnd,
  LoadingBlock,
  useCall,
  usePick,
  useTexts,
} from '@wangge/ui';
import { Header } from '../shell/header.tsx';
import { pointMarks } from './point-marks.ts';

/** A round that somebody was told of: who walked, and which points were missed. */
export function RoundPage({ roundId }: { roundId: string }) {
  const t = useTexts(fieldPatrolTexts);
  const live = { types: ['patrols.changed'] };
  const answer = useCall(listRounds, { query: { roundId } }, { live });
  const round = answer.data?.rounds.find((each) => each.id === roundId);
  return (
    <>
      <Header title={t.round} back={{ name: 'messages' }} />
      {/* Nothing on it takes the focus, and very large text has to be moved by the keyboard as well. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <main className="page" tabIndex={0}>
        {answer.data === undefined ? (
          answer.error ? (
            <ErrorBlock error={answer.error} onRetry={() => void answer.refetch()} />
          ) : (
            <LoadingBlock rows={4} />
          )
        ) : round === undefined ? (
          <EmptyBlock title={t.gone} />
        ) : (
          <RoundFacts round={round} />
        )}
      </main>
    </>
  );
}

function RoundFacts({ round }: { round: Round }) {
  const t = useTexts(fieldPatrolTexts);
  const pick = usePick();
  const done = round.points.filter((p) => p.state === 'done').length;
  return (
    <section className="card" data-testid="round">
      <p className="task-top">
        <strong>{round.routeName}</strong>
        <span className={`wg-tag${round.state === 'missed' ? ' wg-tag-orange' : ''}`}>
          {pick(roundStates[round.state])}
        </span>
      </p>
      <p className="task-foot">
        <span>{round.accountName}</span>
        <span>
          {formatDay(round.startsAtMs)}{' '}
          {t.within(formatClock(round.startsAtMs), formatEnd(round.startsAtMs, round.endsAtMs, t.nextDay))}
        </span>
        <span>{t.progress(done, round.points.length)}</span>
      </p>
      <ol className="round-points">
        {round.points.map((p) => (
          <li key={p.n} className="task-top">
            <span>
              {p.n}. {p.name}
              {p.doneAtMs === null ? null : <span className="muted"> {t.at(formatClock(p.doneAtMs))}</span>}
            </span>
            <span className={`wg-tag${p.state === 'missed' ? ' wg-tag-orange' : ''}`}>
              <span aria-hidden="true">{pointMarks[p.state]}</span> {pick(pointStates[p.state])}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
