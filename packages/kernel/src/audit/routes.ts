/** The audit trail over HTTP. */
import { AppError } from '@wangge/contract-kit';
import type { z } from 'zod';
import { type auditRowSchema, listAudit, verifyAudit as verifyAuditRoute } from '../contract.ts';
import { sql } from '../db/sql.ts';
import type { Tx } from '../db/tx.ts';
import { handle, type Handler } from '../http/handle.ts';
import { verifyAudit } from './verify.ts';

type AuditRow = z.infer<typeof auditRowSchema>;
interface Filter {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly action?: string | undefined;
  readonly actor?: string | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

/** The end of the year 9999. */
const latestMs = 253_402_300_799_999;

async function auditPage(tx: Tx, filter: Filter): Promise<{ items: AuditRow[]; nextCursor: string | null }> {
  if (filter.cursor !== undefined && !/^\d{1,15}$/.test(filter.cursor)) {
    throw new AppError('invalid-field', { field: 'cursor' });
  }
  // Within what both JavaScript and PostgreSQL can write as a date.
  const time = (ms: number | undefined): Date | null =>
    ms === undefined ? null : new Date(Math.min(Math.max(ms, 0), latestMs));
  const rows = await tx.rows<{
    seq: number;
    at: Date;
    actor_kind: string;
    actor_name: string;
    action: string;
    subject_kind: string | null;
    subject_id: string | null;
    purpose: string | null;
    address: string | null;
    details: Record<string, unknown> | null;
    sealed: boolean;
  }>(sql`select * from kernel_audit_page(${filter.cursor ?? null}::bigint, ${filter.action ?? null},
    ${filter.actor ?? null}, ${time(filter.fromMs)}, ${time(filter.toMs)}, ${filter.limit + 1})`);
  const items = rows.slice(0, filter.limit).map((row) => ({
    seq: row.seq,
    atMs: row.at.getTime(),
    actorName: row.actor_name,
    actorKind: row.actor_kind,
    action: row.action,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    purpose: row.purpose,
    address: row.address,
    details: row.details,
    sealed: row.sealed,
  }));
  return { items, nextCursor: rows.length > filter.limit ? String(items.at(-1)?.seq ?? '') : null };
}

export const auditHandlers: readonly Handler[] = [
  handle(listAudit, (c) => c.tx((tx) => auditPage(tx, c.query))),
  handle(verifyAuditRoute, async (c) => {
    // Looking through everything is itself something to be told of.
    await c.tx((tx) => Promise.resolve(tx.audit({ action: 'audit.verify' })));
    return verifyAudit(c.rt);
  }),
];
