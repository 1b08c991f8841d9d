/** Requests as the caller is shown them. */
import { AppError } from '@wangge/contract-kit';
import type { Tx } from '@wangge/kernel';
import type { Approval, ApprovalKind, ApprovalState } from '../contract.ts';
import { stateAt } from '../rules.ts';
import { type ApprovalRow, approvalsOf, findApproval } from '../store.ts';

export function showApproval(tx: Tx, row: ApprovalRow): Approval {
  const expiresAtMs = row.expiresAt.getTime();
  const state = stateAt({ state: row.state, expiresAtMs }, tx.nowMs);
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    subjectId: row.subjectId,
    purpose: row.purpose,
    reason: row.reason,
    details: row.details,
    state,
    byId: row.byId,
    byName: row.byName,
    askedAtMs: row.askedAt.getTime(),
    decidedByName: row.decidedByName,
    decidedAtMs: row.decidedAt?.getTime() ?? null,
    note: row.note,
    expiresAtMs,
    mayDecide:
      state === 'waiting' &&
      row.byId !== tx.actor.id &&
      tx.rt.can(tx.actor, 'approvals.decide', { areaPath: row.areaPath }),
  };
}

/** @throws AppError `not-found` */
export async function readApproval(tx: Tx, id: string): Promise<Approval> {
  return showApproval(tx, await findApproval(tx, id));
}

export interface ApprovalQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly state?: ApprovalState[] | undefined;
  readonly kind?: ApprovalKind[] | undefined;
}
/** Newest first. @throws AppError `invalid-field` (cursor) */
export async function listApprovals(
  tx: Tx,
  { cursor, limit, state, kind }: ApprovalQuery,
): Promise<{ items: Approval[]; nextCursor: string | null }> {
  const rows = await approvalsOf(tx, {
    states: state && state.length > 0 ? state : null,
    kinds: kind && kind.length > 0 ? kind : null,
    before: readCursor(cursor),
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => showApproval(tx, row)),
    nextCursor: rows.length > limit && last ? `${last.askedAt.getTime()}_${last.id}` : null,
  };
}
function readCursor(cursor: string | undefined): { at: Date; id: string } | null {
  if (cursor === undefined) return null;
  const found = /^(\d{1,14})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor);
  if (!found) throw new AppError('invalid-field', { field: 'cursor' });
  return { at: new Date(Number(found[1])), id: found[2] ?? '' };
}
