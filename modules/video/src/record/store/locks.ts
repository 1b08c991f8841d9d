/** Rows of stretches that are kept beyond their time. */
import { fixedSql, sql, type Tx } from '@wangge/kernel';
import type { RecordingLock } from '../../contract.ts';

const ms = (column: string) => fixedSql(`(extract(epoch from l.${column}) * 1000)::float8`);
const columns = sql`l.id, l.camera_id as "cameraId", c.name as "cameraName", ${ms('from_at')} as "fromMs",
  ${ms('to_at')} as "toMs", l.reason, l.incident_id as "incidentId", l.account_name as "byName",
  ${ms('made_at')} as "madeAtMs", ${ms('until_at')} as "untilMs", ${ms('released_at')} as "releasedAtMs"`;
const from = sql`from video_locks l join video_cameras c on c.id = l.camera_id`;

export async function lockByKey(tx: Tx, accountId: string, key: string): Promise<RecordingLock | undefined> {
  return tx.maybe<RecordingLock>(sql`select ${columns} ${from} where l.account_id = ${accountId} and l.key = ${key}`);
}
/** @throws AppError `not-found` */
export async function findLock(tx: Tx, id: string): Promise<RecordingLock> {
  return tx.one<RecordingLock>(sql`select ${columns} ${from} where l.id = ${id}`);
}
export interface LockFilter {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly cameraId?: string | undefined;
  readonly incidentId?: string | undefined;
}
/** The newest first. */
export async function pageOfLocks(tx: Tx, asked: LockFilter): Promise<RecordingLock[]> {
  return tx.rows<RecordingLock>(sql`select ${columns} ${from}
    where (${asked.cursor ?? null}::uuid is null or l.id < ${asked.cursor ?? null}::uuid)
      and (${asked.cameraId ?? null}::uuid is null or l.camera_id = ${asked.cameraId ?? null}::uuid)
      and (${asked.incidentId ?? null}::uuid is null or l.incident_id = ${asked.incidentId ?? null}::uuid)
    order by l.id desc limit ${asked.limit + 1}`);
}
