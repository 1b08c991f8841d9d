/** Looking back at a restricted camera, or taking a copy from it, needs a second person's word. */
import { useApproval } from '@wangge/approvals';
import { AppError } from '@wangge/contract-kit';
import type { Tx } from '@wangge/kernel';
import type { RecordedCamera } from './camera-rights.ts';

/** @throws AppError `guard-failed` (`approval-missing`, or what the approval's keeper says) */
export async function checkApproval(
  tx: Tx,
  camera: RecordedCamera,
  kind: 'video.playback' | 'video.export',
  asked: { readonly approvalId?: string | undefined; readonly fromMs: number; readonly toMs: number },
): Promise<void> {
  if (camera.class !== 'restricted') return;
  const accountId = tx.actor.id;
  if (asked.approvalId === undefined || accountId === null) throw missing();
  const { details } = await useApproval(tx, asked.approvalId, { kind, subjectId: camera.id, accountId });
  // Somebody said yes to a stretch of time, not to everything that the camera ever saw.
  const within = Number(details['fromMs']) <= asked.fromMs && Number(details['toMs']) >= asked.toMs;
  if (!within) throw missing();
}

function missing(): AppError {
  return new AppError('guard-failed', { field: 'approvalId', details: { guard: 'approval-missing' } });
}
