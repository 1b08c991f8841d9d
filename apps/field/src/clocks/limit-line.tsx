import { fieldClockTexts } from '@wangge/texts/field';
import { DeadlineTag, formatTime, useTexts } from '@wangge/ui';
import { Icon } from '../shell/icons.tsx';
import type { Limit } from './limits-of.ts';

/** How much is left, or why nothing runs down: an icon and words, so that it needs no colour. */
export function LimitLine({ limit }: { limit: Limit }) {
  const t = useTexts(fieldClockTexts);
  if (limit.kind === 'due') {
    return (
      <span className="limit">
        <Icon name="clock" size={16} />
        <DeadlineTag deadlineMs={limit.deadlineMs} clock={limit.tone} />
      </span>
    );
  }
  return (
    <span className="limit">
      <Icon name="pause" size={16} />
      <span>
        {t.paused(t.why[limit.why])}
        {limit.untilMs === null ? '' : ` · ${t.until(formatTime(limit.untilMs))}`}
      </span>
    </span>
  );
}
