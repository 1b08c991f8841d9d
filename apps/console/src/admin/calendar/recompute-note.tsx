import type { Recompute } from '@wangge/incidents/contract';
import { clockTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { Progress } from 'antd';

/** How far open clocks follow the last change of the rules. */
export function RecomputeNote({ recompute }: { recompute: Recompute | null }) {
  const t = useTexts(clockTexts).calendar;
  if (recompute === null) return null;
  if (recompute.finishedAtMs !== null) return <p className="muted">{t.recomputed(recompute.moved)}</p>;
  const percent = recompute.total === 0 ? 0 : Math.round((recompute.done / recompute.total) * 100);
  return (
    <div role="status">
      <p>{t.recompute(recompute.done, recompute.total)}</p>
      <Progress percent={percent} size="small" aria-label={t.recompute(recompute.done, recompute.total)} />
    </div>
  );
}
