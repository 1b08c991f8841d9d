/** Cameras that answer in the network, before they are entered. */
import { defineRoute } from '@wangge/contract-kit';
import { z } from 'zod';

export const foundCameraSchema = z.object({
  host: z.string(),
  port: z.number().int(),
  /** As it says itself; null where it says nothing. */
  name: z.string().nullable(),
  hardware: z.string().nullable(),
  /** An ONVIF camera of the register has this address. */
  entered: z.boolean(),
});
export type FoundCamera = z.infer<typeof foundCameraSchema>;
export const discoverCameras = defineRoute({
  method: 'POST',
  path: '/api/video/onvif/discover',
  summary: 'Ask the own network for ONVIF cameras (WS-Discovery); takes three seconds',
  access: { permission: 'video.edit' },
  response: z.object({ items: z.array(foundCameraSchema) }),
  ratePerMinute: 6,
});

export const onvifProfileSchema = z.object({
  token: z.string(),
  name: z.string(),
  encoding: z.string().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
});
export const onvifProfiles = defineRoute({
  method: 'POST',
  path: '/api/video/onvif/profiles',
  summary: 'Which streams an ONVIF camera has',
  access: { permission: 'video.edit' },
  body: z.object({
    host: z.string().min(1).max(253),
    port: z.number().int().min(1).max(65_535).default(80),
    user: z.string().max(100).nullable().default(null),
    password: z.string().max(200).nullable().default(null),
  }),
  response: z.object({ items: z.array(onvifProfileSchema) }),
  ratePerMinute: 60,
});
