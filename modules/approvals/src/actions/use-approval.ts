/** Acting on a request, for other modules. */
import { AppError } from '@wangge/contract-kit';
import type { Tx } from '@wangge/kernel';
import { asPlatform } from '../as-platform.ts';
import { type UseAsked, useProblem } from '../rules.ts';
import { maybeApproval } from '../store.ts';

export interface ApprovalUsed {
  readonly purpose: string;
  readonly reason: string;
  /** What was asked for; whether what is done lies within it is the other module's to judge. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly usableUntilMs: number;
}

/**
 * Leaves an entry in the audit trail; within its time a request may be acted on again.
 *
 * @throws AppError `guard-failed` with guard `approval-missing` (none, of something or somebody else, not decided,
 *   withdrawn), `approval-expired`, `approval-refused`
 */
export async function useApproval(tx: Tx, id: string, asked: UseAsked): Promise<ApprovalUsed> {
  const row = await asPlatform(tx, () => maybeApproval(tx, id));
  const facts = row && { ...row, expiresAtMs: row.expiresAt.getTime() };
  const guard = useProblem(facts, asked, tx.nowMs);
  if (guard !== null || !facts) throw new AppError('guard-failed', { field: 'approvalId', details: { guard } });
  tx.audit({
    action: 'approvals.use',
    subject: { kind: 'approval', id },
    purpose: facts.purpose,
    details: { kind: facts.kind, subjectId: facts.subjectId, allowedBy: facts.decidedByName },
  });
  const { purpose, reason, details, expiresAtMs } = facts;
  return { purpose, reason, details, usableUntilMs: expiresAtMs };
}
