/** What recordings need done by the clock, and copies by request. */
import { type JobHandler, type Runtime, sql } from '@wangge/kernel';
import { exportTask } from './actions/exports.ts';
import { evict } from './evict.ts';
import { expire, makeExport } from './export/make-export.ts';
import { dayMs } from './rules.ts';

/** Partitions of three days ahead, so that no segment waits for its own; those of which nothing is left go. */
async function keepDays(rt: Runtime): Promise<void> {
  await rt.system('video', async (tx) => {
    for (let day = 0; day <= 3; day++) await tx.run(sql`select video_make_day(${new Date(tx.nowMs + day * dayMs)})`);
    await tx.run(sql`select video_drop_days(${new Date(tx.nowMs - 2 * dayMs)})`);
  });
}

export const recordJobs: Readonly<Record<string, JobHandler>> = {
  [exportTask]: makeExport,
  'video.expire-exports': expire,
  'video.recording-days': keepDays,
  'video.evict': async (rt) => {
    await evict(rt);
  },
};
export const recordCron: Readonly<Record<string, string>> = {
  'video.expire-exports': '7 * * * *',
  'video.recording-days': '41 */6 * * *',
  'video.evict': '*/10 * * * *',
};
