import type { Tx } from '@wangge/kernel';
import { patrolsChanged } from './contract.ts';

/** Tells pages of those who lead the area, and of whose round it is. */
export function announce(
  tx: Tx,
  of: { readonly routeId: string; readonly roundId: string | null; readonly areaPath: string },
  accountIds: readonly string[],
): void {
  const { routeId, roundId, areaPath } = of;
  tx.emit(patrolsChanged, { routeId, roundId }, { areaPath, subjectId: roundId ?? routeId, accountIds });
}
