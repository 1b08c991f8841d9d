/** When there are recordings of a camera. */
import { AppError } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import type { RecordedSpan } from '../../contract.ts';
import { cameraFor } from '../camera-rights.ts';
import { dayMs } from '../rules.ts';
import { longestSegmentMs } from '../store/segments.ts';

const longestDays = 31;
/** Less than this between two segments is nothing missing. */
const seamMs = 2000;

interface Timeline {
  spans: RecordedSpan[];
  oldestMs: number | null;
  newestMs: number | null;
}

/** @throws AppError `not-found`, `forbidden`, `invalid-field`, `guard-failed` (`paused`) */
export async function timelineOf(
  tx: Tx,
  cameraId: string,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<Timeline> {
  if (!(toMs > fromMs) || toMs - fromMs > longestDays * dayMs) throw new AppError('invalid-field', { field: 'toMs' });
  await cameraFor(tx, 'video.playback', cameraId);
  const spans = await tx.rows<RecordedSpan>(sql`
    with found as (
      select s.start_at, s.end_at,
        exists (select 1 from video_locks l where l.camera_id = s.camera_id and l.released_at is null
          and l.until_at > ${new Date(tx.nowMs)} and l.from_at < s.end_at and l.to_at > s.start_at) as locked
      from video_segments s
      where s.camera_id = ${cameraId} and s.start_at >= ${new Date(fromMs - longestSegmentMs)}
        and s.start_at < ${new Date(toMs)} and s.end_at > ${new Date(fromMs)}),
    parts as (
      select *, start_at - lag(end_at) over w > ${seamMs} * interval '1 ms' or locked <> lag(locked) over w
        or lag(end_at) over w is null as begins from found window w as (order by start_at)),
    numbered as (select *, count(*) filter (where begins) over (order by start_at) as part from parts)
    select (extract(epoch from min(start_at)) * 1000)::float8 as "fromMs",
      (extract(epoch from max(end_at)) * 1000)::float8 as "toMs", bool_or(locked) as locked
    from numbered group by part order by part`);
  const ends = await tx.one<{ oldestMs: number | null; newestMs: number | null }>(sql`select
    (select (extract(epoch from start_at) * 1000)::float8 from video_segments where camera_id = ${cameraId}
      order by start_at limit 1) as "oldestMs",
    (select (extract(epoch from end_at) * 1000)::float8 from video_segments where camera_id = ${cameraId}
      order by start_at desc limit 1) as "newestMs"`);
  return { spans, ...ends };
}
