/** Asking a second person before looking back at a restricted camera or taking a copy from it. */
import { askApproval } from '@wangge/approvals';
import { AppError } from '@wangge/contract-kit';
import { localTexts, localTimeIn, type Tx } from '@wangge/kernel';
import { findCamera } from '../cameras/camera-row.ts';
import { rightsAt } from '../cameras/may.ts';
import type { ViewPurpose } from '../contract.ts';

/** A request names what is looked for, and nobody needs a month for that. */
const longestMs = 7 * 86_400_000;

export interface ApprovalWish {
  readonly key: string;
  readonly kind: 'video.playback' | 'video.export';
  readonly purpose: ViewPurpose;
  readonly reason: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * @throws AppError `not-found`, `forbidden` (the caller could not do it with an approval either), `guard-failed`
 *   (`not-restricted`: nobody needs to be asked), `invalid-field` (the span), `key-reused`
 */
export async function askForCamera(tx: Tx, cameraId: string, wish: ApprovalWish): Promise<{ approvalId: string }> {
  const camera = await findCamera(tx, cameraId);
  const may = rightsAt(tx.rt, tx.actor, camera);
  if (!(wish.kind === 'video.playback' ? may.playback : may.export))
    throw new AppError('forbidden', { details: { permission: wish.kind } });
  if (camera.class !== 'restricted') throw new AppError('guard-failed', { details: { guard: 'not-restricted' } });
  const { fromMs, toMs, purpose, reason, key, kind } = wish;
  if (toMs <= fromMs || toMs - fromMs > longestMs) throw new AppError('invalid-field', { field: 'toMs' });
  const local = localTimeIn(tx.rt.config.zone);
  const text = localTexts();
  const { id } = await askApproval(tx, {
    key,
    kind,
    subjectId: cameraId,
    title: `${camera.name} ${text(local(fromMs))} – ${text(local(toMs))}`,
    purpose,
    reason,
    details: { fromMs, toMs },
    areaPath: camera.areaPath,
  });
  return { approvalId: id };
}
