/** A household's own say: nobody looks for now. */
import { AppError } from '@wangge/contract-kit';
import { asPlatform } from '@wangge/incidents';
import { sql, type Tx } from '@wangge/kernel';
import { endViewsAt } from '../watch/views.ts';
import { announceCamera } from './announce.ts';
import { findCamera, lockCamera } from './camera-row.ts';

/** Again changes nothing. @throws AppError `not-found`, `forbidden` (not the owner) */
export async function pauseCamera(tx: Tx, id: string, paused: boolean): Promise<{ pausedAtMs: number | null }> {
  const { ownerAccountId } = await findCamera(tx, id);
  if (ownerAccountId === null || ownerAccountId !== tx.actor.id) throw new AppError('forbidden');
  return asPlatform(tx, async () => {
    const row = await lockCamera(tx, id);
    if (row.ownerAccountId !== tx.actor.id) throw new AppError('forbidden');
    if ((row.pausedAt !== null) === paused) return { pausedAtMs: row.pausedAt?.getTime() ?? null };
    await tx.run(sql`update video_cameras set paused_at = ${paused ? new Date(tx.nowMs) : null} where id = ${id}`);
    if (paused) {
      await endViewsAt(tx, id, 'live', null);
      await endViewsAt(tx, id, 'playback', tx.actor.id);
    }
    tx.audit({
      action: paused ? 'video.pause-camera' : 'video.resume-camera',
      subject: { kind: 'camera', id },
      details: { name: row.name },
    });
    announceCamera(tx, row);
    return { pausedAtMs: paused ? tx.nowMs : null };
  });
}
