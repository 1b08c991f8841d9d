/** How departments answer whistles. */
import { reachOf, sql, type Tx } from '@wangge/kernel';
import type { WhistleFigures } from '../contract.ts';

/** Whistles sounded in the span that the caller may see; who reaches no area sees only the own department. */
export function readFigures(
  tx: Tx,
  span: { readonly fromMs?: number | undefined; readonly toMs?: number | undefined },
): Promise<WhistleFigures[]> {
  const { areaPaths, departmentIds } = reachOf(tx.actor);
  const own = areaPaths.length === 0 ? [...departmentIds] : null;
  const from = new Date(span.fromMs ?? 0);
  const to = span.toMs === undefined ? null : new Date(span.toMs);
  return tx.rows(sql`with asked as (
      select c.*, w.sounded_at, w.due_at,
        c.present_at is null and w.state = 'sounded' and w.due_at >= ${new Date(tx.nowMs)} as awaited
      from dispatch_whistles w join dispatch_whistle_calls c on c.whistle_id = w.id
      where w.sounded_at >= ${from} and (${to}::timestamptz is null or w.sounded_at < ${to})
        and (${own}::uuid[] is null or c.department_id = any(${own}::uuid[])))
    select department_id as "departmentId", max(department_name) as "departmentName", count(*)::int as asked,
      (count(*) filter (where awaited))::int as awaited,
      (count(*) filter (where present_at <= due_at))::int as "inTime",
      (count(*) filter (where present_at > due_at))::int as late,
      (count(*) filter (where present_at is null and not awaited))::int as absent,
      (percentile_cont(0.5) within group (order by extract(epoch from present_at - sounded_at) / 60.0))::float8 as "medianMin",
      count(rated_at)::int as rated, avg(attitude)::float8 as attitude, avg(speed)::float8 as speed,
      avg(result)::float8 as result
    from asked group by department_id order by count(*) desc, max(department_name)`);
}
