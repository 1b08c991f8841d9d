import type { Forward } from '@wangge/dispatch/contract';
import { fieldForwardTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';
import { ForwardCard } from './forward-card.tsx';
import { useForwards } from './use-forwards.ts';

/** What I am asked to take over, and what I asked others: until it is answered, and the answer for a day. */
export function MyForwards() {
  const t = useTexts(fieldForwardTexts);
  const shown = (useForwards().data?.forwards ?? []).filter(
    (each: Forward) => each.may.answer || (each.mine && each.state !== 'withdrawn'),
  );
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="forwards-title" data-testid="my-forwards">
      <h2 id="forwards-title" className="group-title">
        {t.title} <span className="muted">{shown.length}</span>
      </h2>
      <ul className="task-list">
        {shown.map((forward) => (
          <ForwardCard key={forward.id} forward={forward} />
        ))}
      </ul>
    </section>
  );
}
