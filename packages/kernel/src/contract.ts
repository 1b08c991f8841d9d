/** Routes that the kernel itself offers: files, the audit trail, health. */
import { defineRoute, pageOf, pageQuery, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';

export * from './contract/files.ts';
export * from './contract/photo-taken.ts';
export * from './contract/uploads.ts';

export const auditRowSchema = z.object({
  seq: z.number().int(),
  atMs: timeMs,
  actorName: z.string(),
  actorKind: z.string(),
  /** `staff.log-in`, `incidents.reveal-reporter` … */
  action: z.string(),
  subjectKind: z.string().nullable(),
  subjectId: z.string().nullable(),
  purpose: z.string().nullable(),
  address: z.string().nullable(),
  details: z.record(z.string(), z.unknown()).nullable(),
  sealed: z.boolean(),
});
export const listAudit = defineRoute({
  method: 'GET',
  path: '/api/audit',
  summary: 'The audit trail, newest first',
  access: { permission: 'audit.read' },
  query: pageQuery.extend({
    action: z.string().max(60).optional(),
    actor: z.string().max(60).optional(),
    fromMs: z.coerce.number().int().optional(),
    toMs: z.coerce.number().int().optional(),
  }),
  response: pageOf(auditRowSchema),
});
export const auditVerdictSchema = z.object({
  ok: z.boolean(),
  rows: z.number().int(),
  sealedRows: z.number().int(),
  unsealedRows: z.number().int(),
  findings: z.array(
    z.object({
      kind: z.enum(['altered', 'gap', 'cut-tail', 'bad-signature', 'anchor-missing']),
      seq: z.number().int().nullable(),
      text: z.string(),
    }),
  ),
});
export const verifyAudit = defineRoute({
  method: 'POST',
  path: '/api/audit/verify',
  summary: 'Verify chain, seals and anchors of the audit trail',
  access: { permission: 'audit.read' },
  response: auditVerdictSchema,
});
export const health = defineRoute({
  method: 'GET',
  path: '/api/health',
  summary: 'Is the service ready?',
  access: 'public',
  response: z.object({ ok: z.boolean(), version: z.string() }),
});
