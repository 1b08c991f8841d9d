/** What recordings take. */
import { sql, type Tx } from '@wangge/kernel';
import type { z } from 'zod';
import type { storageSchema } from '../../contract.ts';
import { diskOf } from '../disk-state.ts';
import { quotaBytes } from '../quota.ts';
import { dayMs } from '../rules.ts';
import { usedBytes } from '../store/evictions.ts';

type Storage = z.infer<typeof storageSchema>;
const hourMs = 3_600_000;

/** Of the whole installation: it has one disk. */
export async function storageNow(tx: Tx): Promise<Storage> {
  const since = new Date(tx.nowMs - dayMs);
  const rows = await tx.rows<
    Omit<Storage['cameras'][number], 'bytesPerDay'> & { recentBytes: number; recentMs: number }
  >(sql`
    select c.id as "cameraId", c.name as "cameraName", h.bytes::float8 as bytes,
      (select (extract(epoch from s.start_at) * 1000)::float8 from video_segments s where s.camera_id = c.id
        order by s.start_at limit 1) as "oldestMs",
      (c.recording->>'floorDays')::int as "floorDays", r.bytes::float8 as "recentBytes",
      (extract(epoch from r.length) * 1000)::float8 as "recentMs"
    from video_chains h join video_cameras c on c.id = h.camera_id
    cross join lateral (select coalesce(sum(s.bytes), 0) as bytes, coalesce(sum(s.end_at - s.start_at), interval '0') as length
      from video_segments s where s.camera_id = c.id and s.start_at >= ${since}) r
    order by h.bytes desc, c.id`);
  const { lockedBytes } = await tx.one<{ lockedBytes: number }>(sql`
    select coalesce(sum(s.bytes), 0)::float8 as "lockedBytes" from video_segments s
    where exists (select 1 from video_locks l where l.camera_id = s.camera_id and l.released_at is null
      and l.until_at > ${new Date(tx.nowMs)} and l.from_at < s.end_at and l.to_at > s.start_at)`);
  const { freeBytes } = await diskOf(tx.rt.config.dataDir);
  return {
    usedBytes: await usedBytes(tx),
    quotaBytes: await quotaBytes(tx.rt.config),
    freeBytes,
    lockedBytes,
    cameras: rows.map(({ recentBytes, recentMs, ...camera }) => ({
      ...camera,
      bytesPerDay: recentMs < hourMs ? null : Math.round((recentBytes * dayMs) / recentMs),
    })),
  };
}
