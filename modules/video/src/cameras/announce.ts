import type { Tx } from '@wangge/kernel';
import { cameraChanged } from '../contract.ts';

/** Tells pages of those who reach the area, and of the owner. */
export function announceCamera(
  tx: Tx,
  camera: { readonly id: string; readonly areaPath: string; readonly ownerAccountId: string | null },
): void {
  const { id, areaPath, ownerAccountId } = camera;
  tx.emit(
    cameraChanged,
    { cameraId: id },
    { areaPath, subjectId: id, accountIds: ownerAccountId === null ? [] : [ownerAccountId] },
  );
}
