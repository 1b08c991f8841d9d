import type { Tx } from '@wangge/kernel';
import { approvalChanged } from './contract.ts';

/** Tells pages of those who may decide, and of who asked. */
export function announce(tx: Tx, of: { readonly id: string; readonly areaPath: string; readonly byId: string }): void {
  tx.emit(approvalChanged, { approvalId: of.id }, { areaPath: of.areaPath, subjectId: of.id, accountIds: [of.byId] });
}
