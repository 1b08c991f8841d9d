/** Looking back: what was recorded, playback, export, locks. */
import { defineEvent, defineRoute, idSchema, pageOf, pageQuery, textSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';
import { ticketSchema, viewPurposeNames } from './watch.ts';

const byId = z.object({ id: idSchema });
export const longestExportMs = 4 * 3_600_000;

export const recordedSpanSchema = z.object({ fromMs: timeMs, toMs: timeMs, locked: z.boolean() });
export type RecordedSpan = z.infer<typeof recordedSpanSchema>;
export const readTimeline = defineRoute({
  method: 'GET',
  path: '/api/video/cameras/:id/timeline',
  summary: 'When there are recordings of a camera, at most 31 days at once',
  access: { permission: 'video.playback' },
  params: byId,
  query: z.object({ fromMs: z.coerce.number().int(), toMs: z.coerce.number().int() }),
  response: z.object({ spans: z.array(recordedSpanSchema), oldestMs: timeMs.nullable(), newestMs: timeMs.nullable() }),
});

const why = { purpose: z.enum(viewPurposeNames), reason: textSchema(300) };
export const playCamera = defineRoute({
  method: 'POST',
  path: '/api/video/cameras/:id/playback',
  summary: 'A ticket for looking back; restricted cameras need an approved request',
  access: { permission: 'video.playback' },
  params: byId,
  body: z.object({
    ...why,
    fromMs: timeMs,
    toMs: timeMs,
    approvalId: idSchema.optional(),
    incidentId: idSchema.optional(),
    continues: idSchema.optional(),
  }),
  response: ticketSchema,
});

export const exportStates = {
  waiting: { zh: '排队中', en: 'Waiting' },
  running: { zh: '导出中', en: 'Under way' },
  ready: { zh: '已完成', en: 'Ready' },
  failed: { zh: '失败', en: 'Failed' },
  expired: { zh: '已删除', en: 'Deleted' },
} as const;
export type ExportState = keyof typeof exportStates;
export const videoExportSchema = z.object({
  id: idSchema,
  cameraId: idSchema,
  cameraName: z.string(),
  fromMs: timeMs,
  toMs: timeMs,
  purpose: z.enum(viewPurposeNames),
  reason: z.string(),
  byName: z.string(),
  state: z.enum(['waiting', 'running', 'ready', 'failed', 'expired']),
  /** 0 to 100 while under way. */
  percent: z.number().int().nullable(),
  error: z.object({ zh: z.string(), en: z.string() }).nullable(),
  bytes: z.number().int().nullable(),
  sha256: z.string().nullable(),
  requestedAtMs: timeMs,
  expiresAtMs: timeMs.nullable(),
});
export type VideoExport = z.infer<typeof videoExportSchema>;
export const requestExport = defineRoute({
  method: 'POST',
  path: '/api/video/exports',
  summary: 'A copy with a visible watermark and a signed manifest; restricted cameras need an approved request',
  access: { permission: 'video.export' },
  body: z.object({
    key: idSchema,
    cameraId: idSchema,
    fromMs: timeMs,
    toMs: timeMs,
    ...why,
    approvalId: idSchema.optional(),
    incidentId: idSchema.optional(),
  }),
  response: videoExportSchema,
});
export const listExports = defineRoute({
  method: 'GET',
  path: '/api/video/exports',
  summary: "One's own exports; all for those who audit",
  access: { permission: 'video.export' },
  query: pageQuery,
  response: pageOf(videoExportSchema),
});
export const readExport = defineRoute({
  method: 'GET',
  path: '/api/video/exports/:id',
  summary: 'One export',
  access: { permission: 'video.export' },
  params: byId,
  response: videoExportSchema,
});
/** A ZIP: the clip, `manifest.json`, `manifest.sig`. */
export const downloadExport = defineRoute({
  method: 'GET',
  path: '/api/video/exports/:id/file',
  summary: 'The finished export',
  access: { permission: 'video.export' },
  params: byId,
  response: z.unknown(),
  file: ['application/zip'],
});
/** With it anybody checks a copy's signature; it says nothing about who may see what. */
export const readEvidenceKey = defineRoute({
  method: 'GET',
  path: '/api/video/evidence-key',
  summary: 'The public key with which copies of this installation are signed',
  access: 'public',
  response: z.object({ keyId: z.string(), publicKeyPem: z.string() }),
  ratePerMinute: 60,
});
export const exportChanged = defineEvent({
  type: 'video.export-changed',
  payload: z.object({ exportId: idSchema }),
  live: true,
});

export const lockSchema = z.object({
  id: idSchema,
  cameraId: idSchema,
  cameraName: z.string(),
  fromMs: timeMs,
  toMs: timeMs,
  reason: z.string(),
  incidentId: idSchema.nullable(),
  byName: z.string(),
  madeAtMs: timeMs,
  untilMs: timeMs,
  releasedAtMs: timeMs.nullable(),
});
export type RecordingLock = z.infer<typeof lockSchema>;
export const lockRecording = defineRoute({
  method: 'POST',
  path: '/api/video/locks',
  summary: 'Keep a stretch beyond its time, until released or the given end',
  access: { permission: 'video.export' },
  body: z.object({
    key: idSchema,
    cameraId: idSchema,
    fromMs: timeMs,
    toMs: timeMs,
    reason: textSchema(300),
    incidentId: idSchema.optional(),
    untilMs: timeMs,
  }),
  response: lockSchema,
});
export const listLocks = defineRoute({
  method: 'GET',
  path: '/api/video/locks',
  summary: 'What is kept beyond its time',
  access: { permission: 'video.export' },
  query: pageQuery.extend({ cameraId: idSchema.optional(), incidentId: idSchema.optional() }),
  response: pageOf(lockSchema),
});
export const releaseLock = defineRoute({
  method: 'POST',
  path: '/api/video/locks/:id/release',
  summary: 'Let a stretch go at its ordinary time',
  access: { permission: 'video.export' },
  params: byId,
  body: z.object({ reason: textSchema(300) }),
  response: lockSchema,
});

export const storageSchema = z.object({
  usedBytes: z.number().int(),
  quotaBytes: z.number().int(),
  freeBytes: z.number().int(),
  lockedBytes: z.number().int(),
  cameras: z.array(
    z.object({
      cameraId: idSchema,
      cameraName: z.string(),
      bytes: z.number().int(),
      oldestMs: timeMs.nullable(),
      floorDays: z.number().int(),
      /** Bytes of a day, as measured; null before the first full hour. */
      bytesPerDay: z.number().int().nullable(),
    }),
  ),
});
export const readStorage = defineRoute({
  method: 'GET',
  path: '/api/video/storage',
  summary: 'What recordings take, camera by camera',
  access: { permission: 'video.edit' },
  response: storageSchema,
});
