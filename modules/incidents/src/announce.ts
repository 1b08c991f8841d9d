/** Lets everybody who may see an incident know that it changed. */
import type { Tx } from '@wangge/kernel';
import { incidentChanged } from './contract.ts';

export interface Audience {
  readonly id: string;
  readonly path: string;
  readonly reporterAccountId: string | null;
  readonly assigneeIds: readonly string[];
  readonly departmentIds: readonly string[];
}

/** An empty path would reach every account; an incident without area is nobody's but the platform's. */
export function announce(tx: Tx, incident: Audience, move: string): void {
  const { id, path, reporterAccountId } = incident;
  tx.emit(
    incidentChanged,
    { incidentId: id, move },
    {
      areaPath: path === '' ? '-' : path,
      subjectId: id,
      accountIds: reporterAccountId === null ? incident.assigneeIds : [...incident.assigneeIds, reporterAccountId],
      departmentIds: incident.departmentIds,
    },
  );
}
