/** Rows of requests; writes as the platform. */
import { sql, type Tx } from '@wangge/kernel';
import type { ApprovalKind, ApprovalState } from './contract.ts';

export interface ApprovalRow {
  readonly id: string;
  readonly kind: ApprovalKind;
  readonly subjectId: string;
  readonly title: string;
  readonly purpose: string;
  readonly reason: string;
  readonly details: Record<string, unknown>;
  readonly areaPath: string;
  readonly byId: string;
  readonly byName: string;
  readonly askedAt: Date;
  readonly state: ApprovalState;
  readonly decidedBy: string | null;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  readonly note: string | null;
  readonly expiresAt: Date;
}
const selected = sql`select id, kind, subject_id as "subjectId", title, purpose, reason, details, area_path as "areaPath",
    by_id as "byId", by_name as "byName", asked_at as "askedAt", state, decided_by as "decidedBy",
    decided_by_name as "decidedByName", decided_at as "decidedAt", note, expires_at as "expiresAt"
  from approvals_requests`;

/** The request if the caller may see it; else `not-found`. */
export function findApproval(tx: Tx, id: string): Promise<ApprovalRow> {
  return tx.one(sql`${selected} where id = ${id}`);
}
/** As the platform: nobody changes it meanwhile. */
export function lockApproval(tx: Tx, id: string): Promise<ApprovalRow> {
  return tx.one(sql`${selected} where id = ${id} for update`);
}
export function maybeApproval(tx: Tx, id: string): Promise<ApprovalRow | undefined> {
  return tx.maybe(sql`${selected} where id = ${id}`);
}
export function approvalByKey(tx: Tx, key: string): Promise<ApprovalRow> {
  return tx.one(sql`${selected} where key = ${key}`);
}

export interface ApprovalPage {
  readonly states: readonly ApprovalState[] | null;
  readonly kinds: readonly ApprovalKind[] | null;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}
/** Newest first, those that the caller may see. */
export function approvalsOf(tx: Tx, { states, kinds, before, limit }: ApprovalPage): Promise<ApprovalRow[]> {
  const now = new Date(tx.nowMs);
  return tx.rows(sql`${selected}
    where (${states}::text[] is null
        or case when state in ('waiting', 'approved') and expires_at <= ${now} then 'expired' else state end = any(${states}::text[]))
      and (${kinds}::text[] is null or kind = any(${kinds}::text[]))
      and (${before?.id ?? null}::uuid is null or (asked_at, id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
    order by asked_at desc, id desc limit ${limit}`);
}
