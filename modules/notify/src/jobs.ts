/** Forgetting, and what is left in the queue by earlier versions. */
import { type JobHandler, sql } from '@wangge/kernel';
import { deliverDue } from './keep-delivering.ts';

/** Earlier versions left a job for each text message; now one look finds all that are due. */
export const deliver: JobHandler = async (rt) => {
  await deliverDue(rt);
};

/** Text messages are kept 30 days, messages at the desk half a year, their deliveries a quarter. */
export const forget: JobHandler = async (rt) => {
  const dayMs = 86_400_000;
  await rt.system('notify', async (tx) => {
    await tx.run(sql`delete from notify_messages where created_at < ${new Date(tx.nowMs - 180 * dayMs)}
      or (channel = 'sms' and created_at < ${new Date(tx.nowMs - 30 * dayMs)})`);
    await tx.run(sql`delete from notify_deliveries where created_at < ${new Date(tx.nowMs - 90 * dayMs)}`);
  });
};
