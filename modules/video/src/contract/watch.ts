/** Looking live: tickets, stills, and who looked. */
import { defineEvent, defineRoute, idSchema, pageOf, pageQuery, textSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';
import { linkStateNames } from './camera.ts';

const byId = z.object({ id: idSchema });
export const viewKinds = {
  live: { zh: '实时', en: 'Live' },
  playback: { zh: '回放', en: 'Playback' },
  export: { zh: '导出', en: 'Export' },
} as const;
export type ViewKind = keyof typeof viewKinds;

/** Asked of everybody who looks back or takes a copy. */
export const viewPurposes = {
  incident: { zh: '核实事件', en: 'Checking an incident' },
  search: { zh: '寻人寻物', en: 'Looking for somebody or something' },
  evidence: { zh: '固定证据', en: 'Securing evidence' },
  request: { zh: '依法调取', en: 'Request by law' },
  maintenance: { zh: '设备维护', en: 'Maintenance' },
  other: { zh: '其他', en: 'Other' },
} as const;
export type ViewPurpose = keyof typeof viewPurposes;
export const viewPurposeNames = Object.keys(viewPurposes) as [ViewPurpose, ...ViewPurpose[]];

/** A way to the picture, for one camera, one person, once, within a minute. */
export const ticketSchema = z.object({
  viewId: idSchema,
  ticket: z.string(),
  expiresAtMs: timeMs,
  /** `ws://…/video/ws`; the ticket goes along as `?ticket=`. */
  wsUrl: z.string(),
  /** WHEP; null where this machine has no WebRTC. */
  whepUrl: z.string().nullable(),
  stillUrl: z.string().nullable(),
  stillAtMs: timeMs.nullable(),
});
export type Ticket = z.infer<typeof ticketSchema>;

export const watchCamera = defineRoute({
  method: 'POST',
  path: '/api/video/cameras/:id/watch',
  summary: 'A ticket for looking at a camera live',
  access: { permission: 'video.watch' },
  params: byId,
  body: z.object({
    variant: z.enum(['main', 'sub']).default('sub'),
    /** The view that a broken line interrupted: it goes on, and the audit has one look instead of many. */
    continues: idSchema.optional(),
  }),
  response: ticketSchema,
  ratePerMinute: 600,
});
/** Answers in the order asked; what the caller may not see is null. */
export const cameraStills = defineRoute({
  method: 'POST',
  path: '/api/video/stills',
  summary: 'The last still of cameras, each with its age',
  access: { permission: 'video.watch' },
  body: z.object({ cameraIds: z.array(idSchema).min(1).max(64) }),
  response: z.object({
    items: z.array(
      z
        .object({
          cameraId: idSchema,
          url: z.string().nullable(),
          atMs: timeMs.nullable(),
          link: z.enum(linkStateNames),
        })
        .nullable(),
    ),
  }),
});

export const lookSchema = z.object({
  viewId: idSchema,
  cameraId: idSchema,
  cameraName: z.string(),
  accountName: z.string(),
  kind: z.enum(['live', 'playback', 'export']),
  purpose: z.string().nullable(),
  reason: z.string().nullable(),
  /** Looked back at. */
  fromMs: timeMs.nullable(),
  toMs: timeMs.nullable(),
  startedAtMs: timeMs,
  /** Null while it goes on. */
  endedAtMs: timeMs.nullable(),
});
export type Look = z.infer<typeof lookSchema>;
export const listLooks = defineRoute({
  method: 'GET',
  path: '/api/video/looks',
  summary: 'Who looked at cameras: for auditors all, for owners those at their own',
  access: 'session',
  query: pageQuery.extend({ cameraId: idSchema.optional() }),
  response: pageOf(lookSchema),
});
/** Somebody looks, or stopped. */
export const lookChanged = defineEvent({
  type: 'video.look-changed',
  payload: z.object({ viewId: idSchema, cameraId: idSchema }),
  live: false,
});

/** Asks for a second person's word before looking back at a restricted camera or taking a copy from it. */
export const askApproval = defineRoute({
  method: 'POST',
  path: '/api/video/cameras/:id/ask',
  summary: 'Ask for playback or export of a restricted camera; answers the request (approvals)',
  access: { permission: 'video.playback' },
  params: byId,
  body: z.object({
    key: idSchema,
    kind: z.enum(['video.playback', 'video.export']),
    purpose: z.enum(viewPurposeNames),
    reason: textSchema(300),
    fromMs: timeMs,
    toMs: timeMs,
  }),
  response: z.object({ approvalId: idSchema }),
});
