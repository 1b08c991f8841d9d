/** How a camera is pulled: the one place where its password is opened. */
import { AppError } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import type { SourceTarget, Variant } from '../media/hub.ts';

/** Seals of one purpose do not open another's. */
export const passwordPurpose = 'video.camera-password';

/**
 * For the processes that pull, as the platform. A household's pause is the business of whoever gives tickets.
 *
 * @throws AppError `not-found` for a camera that is not there or retired
 */
export async function sourceTargetOf(tx: Tx, cameraId: string, variant: Variant): Promise<SourceTarget> {
  const row = await tx.maybe<{ source: SourceTarget['source']; password: string | null }>(sql`
    select source, source_password as password from video_cameras where id = ${cameraId} and retired_at is null`);
  if (!row) throw new AppError('not-found');
  const { source, password } = row;
  return {
    cameraId,
    variant,
    source,
    password: password === null ? null : tx.rt.keys.decrypt(passwordPurpose, password),
  };
}
