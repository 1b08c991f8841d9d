/** Devices that register by GB/T 28181, and cameras found behind them. */
import { defineEvent, defineRoute, idSchema, pageOf, pageQuery, textSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';

const deviceId = z.string().regex(/^\d{20}$/);
export const gbDeviceSchema = z.object({
  deviceId,
  name: z.string(),
  online: z.boolean(),
  /** Null: never. */
  registeredAtMs: timeMs.nullable(),
  lastKeepaliveAtMs: timeMs.nullable(),
  offlineReason: z.string().nullable(),
  transport: z.string().nullable(),
  manufacturer: z.string().nullable(),
  model: z.string().nullable(),
  channels: z.number().int(),
  /** Of these not in the register yet. */
  unentered: z.number().int(),
  catalogAtMs: timeMs.nullable(),
});
export type GbDevice = z.infer<typeof gbDeviceSchema>;
export const gbChannelSchema = z.object({
  deviceId,
  channelId: deviceId,
  name: z.string(),
  online: z.boolean(),
  manufacturer: z.string().nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  hasPtz: z.boolean(),
  /** The camera it became. */
  cameraId: idSchema.nullable(),
});
export type GbChannel = z.infer<typeof gbChannelSchema>;

export const gbDeviceChanged = defineEvent({
  type: 'video.gb-device-changed',
  payload: z.object({ deviceId }),
  live: true,
});
/** A device or one of its channels says that something happened (GB/T 28181 §9.4). */
export const gbAlarm = defineEvent({
  type: 'video.gb-alarm',
  payload: z.object({
    deviceId,
    /** Often an alarm input, sometimes the device itself. */
    channelId: z.string().max(40),
    /** 1 is the highest of 4. */
    priority: z.number().int().nullable(),
    /** 1 phone, 2 device, 3 SMS, 4 position, 5 video, 6 fault of the device, 7 other. */
    method: z.number().int().nullable(),
    /** Its meaning depends on `method`: 2 with video is something that moves. */
    kind: z.number().int().nullable(),
    description: z.string().nullable(),
    /** When it came in: clocks of devices are wrong. */
    heardAtMs: timeMs,
    cameraId: idSchema.nullable(),
  }),
  live: false,
});
export const readGbServer = defineRoute({
  method: 'GET',
  path: '/api/video/gb/server',
  summary: 'What a device has to be told: number, domain, address, port',
  access: { permission: 'video.edit' },
  response: z.object({
    serverId: deviceId,
    domain: z.string(),
    host: z.string(),
    port: z.number().int(),
    running: z.boolean(),
  }),
});
export const listGbDevices = defineRoute({
  method: 'GET',
  path: '/api/video/gb/devices',
  summary: 'Devices that may register',
  access: { permission: 'video.edit' },
  query: pageQuery,
  response: pageOf(gbDeviceSchema),
});
export const saveGbDevice = defineRoute({
  method: 'PUT',
  path: '/api/video/gb/devices/:id',
  summary: 'Let a device register with this password; left out at a change: stays',
  access: { permission: 'video.edit' },
  params: z.object({ id: deviceId }),
  body: z.object({ name: textSchema(60), password: z.string().min(6).max(64).optional() }),
  response: gbDeviceSchema,
});
export const deleteGbDevice = defineRoute({
  method: 'DELETE',
  path: '/api/video/gb/devices/:id',
  summary: 'Let a device register no longer',
  access: { permission: 'video.edit' },
  params: z.object({ id: deviceId }),
  response: z.object({}),
});
export const listGbChannels = defineRoute({
  method: 'GET',
  path: '/api/video/gb/devices/:id/channels',
  summary: 'What a device said it has',
  access: { permission: 'video.edit' },
  params: z.object({ id: deviceId }),
  response: z.object({ items: z.array(gbChannelSchema) }),
});
export const refreshGbCatalog = defineRoute({
  method: 'POST',
  path: '/api/video/gb/devices/:id/refresh',
  summary: 'Ask a device again for what it has',
  access: { permission: 'video.edit' },
  params: z.object({ id: deviceId }),
  response: z.object({ channels: z.number().int(), complete: z.boolean() }),
});
