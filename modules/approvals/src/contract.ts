/** Four eyes: what one person asks for and another one allows, for a time. */
import {
  defineEvent,
  defineRoute,
  idSchema,
  listQuery,
  pageOf,
  pageQuery,
  textSchema,
  timeMs,
} from '@wangge/contract-kit';
import { z } from 'zod';

/** What may be asked for; each module that asks says who may allow it. */
export const approvalKinds = {
  'video.playback': { zh: '限制摄像机回放', en: 'Playback of a restricted camera' },
  'video.export': { zh: '限制摄像机导出', en: 'Export from a restricted camera' },
} as const;
export type ApprovalKind = keyof typeof approvalKinds;
export const approvalStates = {
  waiting: { zh: '待审批', en: 'Waiting' },
  approved: { zh: '已同意', en: 'Approved' },
  refused: { zh: '已拒绝', en: 'Refused' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  /** Nobody decided in time, or an approval's time is over. */
  expired: { zh: '已过期', en: 'Expired' },
} as const;
export type ApprovalState = keyof typeof approvalStates;
export const approvalKindNames = Object.keys(approvalKinds) as [ApprovalKind, ...ApprovalKind[]];
export const approvalStateNames = Object.keys(approvalStates) as [ApprovalState, ...ApprovalState[]];

export const approvalSchema = z.object({
  id: idSchema,
  kind: z.enum(approvalKindNames),
  /** What it is about, in words for the one who decides. */
  title: z.string(),
  subjectId: idSchema,
  purpose: z.string(),
  reason: z.string(),
  /** What is asked for, by kind: `{fromMs, toMs}`. */
  details: z.record(z.string(), z.unknown()),
  state: z.enum(approvalStateNames),
  byId: idSchema,
  byName: z.string(),
  askedAtMs: timeMs,
  decidedByName: z.string().nullable(),
  decidedAtMs: timeMs.nullable(),
  note: z.string().nullable(),
  /** Waiting: decided until then; approved: usable until then. */
  expiresAtMs: timeMs,
  mayDecide: z.boolean(),
});
export type Approval = z.infer<typeof approvalSchema>;

const byId = z.object({ id: idSchema });
export const listApprovals = defineRoute({
  method: 'GET',
  path: '/api/approvals',
  summary: 'Requests that one made or may decide, newest first',
  access: 'session',
  query: pageQuery.extend({ state: listQuery(approvalStateNames), kind: listQuery(approvalKindNames) }),
  response: pageOf(approvalSchema),
});
export const readApproval = defineRoute({
  method: 'GET',
  path: '/api/approvals/:id',
  summary: 'One request',
  access: 'session',
  params: byId,
  response: approvalSchema,
});
export const decideApproval = defineRoute({
  method: 'POST',
  path: '/api/approvals/:id/decide',
  summary: 'Allow or refuse; never what one asked for oneself',
  access: { permission: 'approvals.decide' },
  params: byId,
  body: z.object({ approve: z.boolean(), note: textSchema(300).nullable().default(null) }),
  response: approvalSchema,
});
export const withdrawApproval = defineRoute({
  method: 'POST',
  path: '/api/approvals/:id/withdraw',
  summary: 'Take back what one asked for',
  access: 'session',
  params: byId,
  response: approvalSchema,
});
export const approvalChanged = defineEvent({
  type: 'approvals.changed',
  payload: z.object({ approvalId: idSchema }),
  live: true,
});
