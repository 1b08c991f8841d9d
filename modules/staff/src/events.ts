/** Telling of changes among people. */
import type { Tx } from '@wangge/kernel';
import { staffChanged } from './contract.ts';

/** Reaches every process's memory of sessions, and the browsers of this one account only. */
export function tellStaffChanged(tx: Tx, accountId: string | null): void {
  tx.emit(
    staffChanged,
    { accountId },
    { areaPath: '-', subjectId: accountId ?? 'staff', accountIds: accountId === null ? [] : [accountId] },
  );
}
