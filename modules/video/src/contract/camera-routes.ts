/** Routes and events of the register. */
import { defineEvent, defineRoute, idSchema, listQuery, pageOf, pageQuery, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';
import { cameraClassNames, cameraInputSchema, cameraPinSchema, cameraSchema, linkStateNames } from './camera.ts';

const byId = z.object({ id: idSchema });

/** A camera was entered, changed, retired, or its line changed. */
export const cameraChanged = defineEvent({
  type: 'video.camera-changed',
  payload: z.object({ cameraId: idSchema }),
  live: true,
});

export const listCameras = defineRoute({
  method: 'GET',
  path: '/api/video/cameras',
  summary: 'Cameras within the own scope, by name',
  access: { permission: 'video.read' },
  query: pageQuery.extend({
    /** In name, code, address, group, tags. */
    q: z.string().max(100).optional(),
    areaId: idSchema.optional(),
    class: listQuery(cameraClassNames),
    link: listQuery(linkStateNames),
    group: z.string().max(60).optional(),
    tag: z.string().max(20).optional(),
    /** With something that the law asks for missing: filing, sign. */
    lacking: listQuery(['filing', 'sign']),
    retired: z.enum(['with', 'only', 'without']).default('without'),
  }),
  response: pageOf(cameraSchema).extend({ total: z.number().int() }),
});
export const cameraPins = defineRoute({
  method: 'GET',
  path: '/api/video/pins',
  summary: 'All cameras within the own scope, few fields',
  access: { permission: 'video.read' },
  response: z.object({ items: z.array(cameraPinSchema) }),
  cachedUntil: ['video.camera-changed'],
});
export const camerasSeeing = defineRoute({
  method: 'GET',
  path: '/api/video/seeing',
  summary: 'Cameras that see a place, the best first; those that stand near it behind them',
  access: { permission: 'video.read' },
  query: z.object({ lon: z.coerce.number().min(-180).max(180), lat: z.coerce.number().min(-90).max(90) }),
  response: z.object({
    items: z.array(cameraPinSchema.extend({ distanceM: z.number().int(), sees: z.boolean() })),
  }),
});
export const readCamera = defineRoute({
  method: 'GET',
  path: '/api/video/cameras/:id',
  summary: 'One camera',
  access: { permission: 'video.read' },
  params: byId,
  response: cameraSchema,
});
export const createCamera = defineRoute({
  method: 'POST',
  path: '/api/video/cameras',
  summary: 'Enter a camera',
  access: { permission: 'video.edit' },
  /** `key` of the client: the same request twice makes one camera. */
  body: z.object({ key: idSchema, camera: cameraInputSchema }),
  response: cameraSchema,
});
export const editCamera = defineRoute({
  method: 'PUT',
  path: '/api/video/cameras/:id',
  summary: 'Change a camera',
  access: { permission: 'video.edit' },
  params: byId,
  body: z.object({ version: z.number().int(), camera: cameraInputSchema }),
  response: cameraSchema,
});
export const retireCamera = defineRoute({
  method: 'POST',
  path: '/api/video/cameras/:id/retire',
  summary: 'Take a camera out of use; its recordings stay until their time',
  access: { permission: 'video.edit' },
  params: byId,
  body: z.object({ version: z.number().int(), retired: z.boolean() }),
  response: cameraSchema,
});
export const pauseCamera = defineRoute({
  method: 'POST',
  path: '/api/video/cameras/:id/pause',
  summary: 'The owner of a household camera lets nobody look, or again',
  access: 'session',
  params: byId,
  body: z.object({ paused: z.boolean() }),
  response: z.object({ pausedAtMs: timeMs.nullable() }),
});

/** A file of cameras (CSV, XLSX): columns by heading in either language. */
export const importCameras = defineRoute({
  method: 'POST',
  path: '/api/video/import',
  summary: 'Cameras from a file: what it means, or entered at once; known ones (by code or address) are changed',
  access: { permission: 'video.edit' },
  body: z.object({
    /** Base64 of the file. */
    content: z.string().max(12_000_000),
    fileName: z.string().max(200),
    commit: z.boolean(),
  }),
  bodyLimitBytes: 13_000_000,
  response: z.object({
    rows: z.number().int(),
    created: z.number().int(),
    changed: z.number().int(),
    unchanged: z.number().int(),
    /** Row numbers as spreadsheets count; nothing is entered while there is one. */
    problems: z.array(
      z.object({
        row: z.number().int(),
        column: z.string().nullable(),
        message: z.object({ zh: z.string(), en: z.string() }),
      }),
    ),
  }),
});
export const importTemplate = defineRoute({
  method: 'GET',
  path: '/api/video/import-template',
  summary: 'The headings of an import, with one row as an example',
  access: { permission: 'video.edit' },
  query: z.object({ format: z.enum(['csv', 'xlsx']), lang: z.enum(['zh', 'en']).default('zh') }),
  response: z.unknown(),
  file: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
});

/** Tries addresses, entered or not: which of these answer? */
export const testResultSchema = z.object({
  /** The camera's id or the address as it was given. */
  of: z.string(),
  link: z.enum(linkStateNames),
  reason: z.string().nullable(),
  codec: z.string().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  tookMs: z.number().int(),
});
export const testCameras = defineRoute({
  method: 'POST',
  path: '/api/video/tests',
  summary: 'Try up to 500 cameras or RTSP addresses',
  access: { permission: 'video.edit' },
  body: z.object({
    cameraIds: z.array(idSchema).max(500).default([]),
    addresses: z
      .array(
        z.object({
          url: z.string().max(500),
          user: z.string().max(100).nullable(),
          password: z.string().max(200).nullable(),
        }),
      )
      .max(500)
      .default([]),
  }),
  response: z.object({ id: idSchema }),
  ratePerMinute: 6,
});
export const readTest = defineRoute({
  method: 'GET',
  path: '/api/video/tests/:id',
  summary: 'What came of it so far',
  access: { permission: 'video.edit' },
  params: byId,
  response: z.object({ total: z.number().int(), done: z.number().int(), results: z.array(testResultSchema) }),
});
