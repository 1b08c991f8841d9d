/** The second person's word, the first one's taking back, and time running out. */
import { AppError } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import { announce } from '../announce.ts';
import { asPlatform } from '../as-platform.ts';
import type { Approval } from '../contract.ts';
import { stateAt, usableForMs } from '../rules.ts';
import { type ApprovalRow, findApproval, lockApproval } from '../store.ts';
import { readApproval } from './read-approvals.ts';

/**
 * The same word again changes nothing.
 *
 * @throws AppError `not-found`, `forbidden`, `guard-failed` with guard `own-request` or `approval-waiting` (decided by
 *   another, withdrawn, too late)
 */
export async function decideApproval(
  tx: Tx,
  id: string,
  word: { readonly approve: boolean; readonly note: string | null },
): Promise<Approval> {
  const { areaPath, byId } = await findApproval(tx, id);
  tx.rt.authorise(tx.actor, 'approvals.decide', { areaPath });
  if (byId === tx.actor.id) throw new AppError('guard-failed', { details: { guard: 'own-request' } });
  await asPlatform(tx, async () => {
    const row = await lockApproval(tx, id);
    const to = word.approve ? 'approved' : 'refused';
    if (row.state === to && row.decidedBy === tx.actor.id) return;
    checkOpen(tx, row, ['waiting']);
    const now = new Date(tx.nowMs);
    await tx.run(sql`update approvals_requests set state = ${to}, decided_by = ${tx.actor.id},
        decided_by_name = ${tx.actor.name}, decided_at = ${now}, note = ${word.note},
        expires_at = ${word.approve ? new Date(tx.nowMs + usableForMs) : row.expiresAt}
      where id = ${id}`);
    changed(tx, row, word.approve ? 'approvals.approve' : 'approvals.refuse', word.note);
  });
  return readApproval(tx, id);
}

/** Of what is waiting, and of what was approved and is not needed; again it changes nothing. */
export async function withdrawApproval(tx: Tx, id: string): Promise<Approval> {
  if ((await findApproval(tx, id)).byId !== tx.actor.id) throw new AppError('forbidden');
  await asPlatform(tx, async () => {
    const row = await lockApproval(tx, id);
    if (row.state === 'withdrawn') return;
    checkOpen(tx, row, ['waiting', 'approved']);
    await tx.run(sql`update approvals_requests set state = 'withdrawn' where id = ${id}`);
    changed(tx, row, 'approvals.withdraw', null);
  });
  return readApproval(tx, id);
}

/** @returns how many; at most a thousand at a time */
export async function expireApprovals(tx: Tx): Promise<number> {
  const rows = await tx.rows<{ id: string; areaPath: string; byId: string }>(sql`
    update approvals_requests set state = 'expired' where id in (
      select id from approvals_requests where state in ('waiting', 'approved') and expires_at <= ${new Date(tx.nowMs)}
      order by expires_at limit 1000 for update skip locked)
    returning id, area_path as "areaPath", by_id as "byId"`);
  for (const row of rows) {
    tx.audit({ action: 'approvals.expire', subject: { kind: 'approval', id: row.id } });
    announce(tx, row);
  }
  return rows.length;
}

function checkOpen(tx: Tx, row: ApprovalRow, open: readonly string[]): void {
  const state = stateAt({ state: row.state, expiresAtMs: row.expiresAt.getTime() }, tx.nowMs);
  if (!open.includes(state)) throw new AppError('guard-failed', { details: { guard: 'approval-waiting', state } });
}
function changed(tx: Tx, row: ApprovalRow, action: string, note: string | null): void {
  tx.audit({
    action,
    subject: { kind: 'approval', id: row.id },
    purpose: row.purpose,
    details: { kind: row.kind, subjectId: row.subjectId, by: row.byName, ...(note === null ? {} : { note }) },
  });
  announce(tx, row);
}
