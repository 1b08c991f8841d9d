/** Keeping a stretch of recordings beyond its time, and letting it go. */
import { AppError, newId } from '@wangge/contract-kit';
import { asPlatform } from '@wangge/incidents';
import { sql, type Tx } from '@wangge/kernel';
import type { RecordingLock } from '../../contract.ts';
import { cameraFor, checkSpan } from '../camera-rights.ts';
import { dayMs } from '../rules.ts';
import { findLock, lockByKey, type LockFilter, pageOfLocks } from '../store/locks.ts';

const longestMs = 31 * dayMs;
/** Evidence of a court case is exported, not locked for ever. */
const longestKeptMs = 3 * 366 * dayMs;

export interface LockAsked {
  readonly key: string;
  readonly cameraId: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly reason: string;
  readonly incidentId?: string | undefined;
  readonly untilMs: number;
}

/** @throws AppError `not-found`, `forbidden`, `invalid-field`, `guard-failed`, `key-reused` */
export async function lockStretch(tx: Tx, asked: LockAsked): Promise<RecordingLock> {
  const { key, fromMs, toMs, untilMs, reason, incidentId = null } = asked;
  const camera = await cameraFor(tx, 'video.export', asked.cameraId);
  const accountId = tx.actor.id;
  if (accountId === null) throw new AppError('forbidden');
  const known = await lockByKey(tx, accountId, key);
  if (known) return same(known, asked);
  checkSpan(tx, fromMs, toMs, longestMs);
  if (untilMs <= tx.nowMs || untilMs > tx.nowMs + longestKeptMs)
    throw new AppError('invalid-field', { field: 'untilMs' });
  return asPlatform(tx, async () => {
    const id = newId(tx.nowMs);
    const added = await tx.run(sql`insert into video_locks (id, key, camera_id, from_at, to_at, reason, incident_id,
        account_id, account_name, made_at, until_at)
      values (${id}, ${key}, ${camera.id}, ${new Date(fromMs)}, ${new Date(toMs)}, ${reason}, ${incidentId}, ${accountId},
        ${tx.actor.name}, ${new Date(tx.nowMs)}, ${new Date(untilMs)})
      on conflict (account_id, key) do nothing`);
    if (added > 0) {
      tx.audit({
        action: 'video.lock',
        subject: { kind: 'camera', id: camera.id },
        details: { lockId: id, camera: camera.name, fromMs, toMs, untilMs, reason, incidentId },
      });
    }
    const lock = await lockByKey(tx, accountId, key);
    if (!lock) throw new AppError('conflict');
    return same(lock, asked);
  });
}

function same(lock: RecordingLock, asked: LockAsked): RecordingLock {
  if (lock.cameraId !== asked.cameraId || lock.fromMs !== asked.fromMs || lock.toMs !== asked.toMs) {
    throw new AppError('key-reused', { field: 'key' });
  }
  return lock;
}

/** Again: changes nothing. @throws AppError `not-found`, `forbidden` */
export async function releaseStretch(tx: Tx, id: string, reason: string): Promise<RecordingLock> {
  const lock = await findLock(tx, id);
  const camera = await cameraFor(tx, 'video.export', lock.cameraId);
  return asPlatform(tx, async () => {
    const released = await tx.run(sql`update video_locks set released_at = ${new Date(tx.nowMs)},
      released_by_name = ${tx.actor.name}, release_reason = ${reason} where id = ${id} and released_at is null`);
    if (released > 0) {
      tx.audit({
        action: 'video.release-lock',
        subject: { kind: 'camera', id: camera.id },
        details: { lockId: id, camera: camera.name, fromMs: lock.fromMs, toMs: lock.toMs, reason },
      });
    }
    return findLock(tx, id);
  });
}

/** Those of cameras where the caller may take copies. */
export async function locksPage(
  tx: Tx,
  asked: LockFilter,
): Promise<{ items: RecordingLock[]; nextCursor: string | null }> {
  const rows = await pageOfLocks(tx, asked);
  const items = rows.slice(0, asked.limit);
  return { items, nextCursor: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null };
}
