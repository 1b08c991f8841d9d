/** Which camera, and whether its recordings are the caller's to see. */
import { AppError } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import type { CameraClass } from '../contract.ts';

export interface RecordedCamera {
  readonly id: string;
  readonly name: string;
  readonly class: CameraClass;
  readonly areaPath: string;
  readonly ownerId: string | null;
  readonly paused: boolean;
  readonly variant: 'main' | 'sub';
}

/** A camera that is retired has recordings still. @throws AppError `not-found` for one out of the caller's sight */
export async function recordedCamera(tx: Tx, id: string): Promise<RecordedCamera> {
  return tx.one<RecordedCamera>(sql`select id, name, class, area_path as "areaPath", owner_account_id as "ownerId",
    paused_at is not null as paused, coalesce(recording->>'variant', 'main') as variant
    from video_cameras where id = ${id}`);
}

/** @throws AppError `not-found`, `forbidden`, `guard-failed` (`paused`: the household wants nobody to look) */
export async function cameraFor(
  tx: Tx,
  permission: 'video.playback' | 'video.export',
  id: string,
): Promise<RecordedCamera> {
  const camera = await recordedCamera(tx, id);
  tx.rt.authorise(tx.actor, permission, { areaPath: camera.areaPath, reporterId: camera.ownerId });
  if (camera.paused && camera.ownerId !== tx.actor.id) {
    throw new AppError('guard-failed', { details: { guard: 'paused' } });
  }
  return camera;
}

/** @throws AppError `invalid-field` */
export function checkSpan(tx: Tx, fromMs: number, toMs: number, longestMs: number): void {
  if (!(toMs > fromMs)) throw new AppError('invalid-field', { field: 'toMs' });
  if (fromMs >= tx.nowMs) throw new AppError('invalid-field', { field: 'fromMs' });
  if (toMs - fromMs > longestMs)
    throw new AppError('guard-failed', { field: 'toMs', details: { guard: 'too-long', longestMs } });
}
