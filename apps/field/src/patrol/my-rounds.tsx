import { listMyRounds } from '@wangge/patrols/contract';
import { fieldPatrolTexts } from '@wangge/texts/field';
import { ErrorBlock, StaleTag, useCall, useClockOffset, useNow, useTexts } from '@wangge/ui';
import { useMay } from '../session/me.tsx';
import { RoundCard } from './round-card.tsx';
import { isShown } from './round-now.ts';

/** Where I walk today; nothing where I do not. */
export function MyRounds() {
  const t = useTexts(fieldPatrolTexts);
  const live = { types: ['patrols.changed'] };
  const answer = useCall(listMyRounds, {}, { live, enabled: useMay('patrols.walk') });
  const nowMs = useNow(30_000) + useClockOffset();
  if (answer.data === undefined) {
    return answer.error ? <ErrorBlock error={answer.error} onRetry={() => void answer.refetch()} /> : null;
  }
  const rounds = answer.data.rounds.filter((round) => isShown(round, nowMs));
  if (rounds.length === 0) return null;
  return (
    <section aria-labelledby="rounds-title" data-testid="my-rounds">
      <h2 id="rounds-title" className="group-title">
        {t.title} <span className="muted">{rounds.length}</span>
      </h2>
      <StaleTag atMs={answer.dataUpdatedAt} />
      <ul className="task-list">
        {rounds.map((round) => (
          <RoundCard key={round.id} round={round} nowMs={nowMs} />
        ))}
      </ul>
    </section>
  );
}
