/** How a person wants to be told: ways by kind of message, quiet hours, address; browsers that are pushed to. */
import { defineRoute, idSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';
import { choicesSchema, personalChannelNames } from './kinds.ts';

const minuteOfDay = z.number().int().min(0).max(1439);
/** In the town's time; from after to wraps over midnight. Emergencies break through. */
export const quietSchema = z
  .object({ fromMin: minuteOfDay, toMin: minuteOfDay })
  .refine((q) => q.fromMin !== q.toMin, { path: ['toMin'] });
export type Quiet = z.infer<typeof quietSchema>;

export const preferencesSchema = z.object({
  choices: choicesSchema,
  quiet: quietSchema.nullable(),
  /** Masked. */
  email: z.string().nullable(),
  /** Masked; comes from the account. */
  phone: z.string().nullable(),
  /** Ways that the town has set up. */
  available: z.array(z.enum(personalChannelNames)),
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const readPreferences = defineRoute({
  method: 'GET',
  path: '/api/notify/preferences',
  summary: 'How the caller wants to be told',
  access: 'session',
  response: preferencesSchema,
});
export const savePreferences = defineRoute({
  method: 'PUT',
  path: '/api/notify/preferences',
  summary: 'Choose ways by kind of message, quiet hours and an e-mail address',
  access: 'session',
  body: z.object({
    choices: choicesSchema,
    quiet: quietSchema.nullable(),
    /** Left out: as it was; null: none. */
    email: z.email().max(120).nullable().optional(),
  }),
  response: preferencesSchema,
});

const base64url = z.string().regex(/^[A-Za-z0-9_-]+=*$/);
export const pushDeviceSchema = z.object({
  id: idSchema,
  app: z.enum(['console', 'field']),
  device: z.string(),
  createdAtMs: timeMs,
});
export const readPush = defineRoute({
  method: 'GET',
  path: '/api/notify/push',
  summary: 'Key to subscribe with (VAPID, RFC 8292), and browsers of the caller that are pushed to',
  access: 'session',
  response: z.object({ publicKey: z.string(), devices: z.array(pushDeviceSchema) }),
});
/** The endpoint must be HTTPS on the public network: the server will send there. */
export const subscribePush = defineRoute({
  method: 'POST',
  path: '/api/notify/push',
  summary: 'Push messages to this browser (Web Push, RFC 8030)',
  access: 'session',
  ratePerMinute: 20,
  body: z.object({
    endpoint: z.url().max(1000),
    p256dh: base64url.min(80).max(100),
    auth: base64url.min(20).max(30),
    app: z.enum(['console', 'field']),
  }),
  response: z.object({ id: idSchema }),
});
export const unsubscribePush = defineRoute({
  method: 'POST',
  path: '/api/notify/push/end',
  summary: 'Push to one of the own browsers no more, named by its endpoint or its identifier',
  access: 'session',
  body: z
    .object({ endpoint: z.url().max(1000).optional(), id: idSchema.optional() })
    .refine((b) => (b.endpoint === undefined) !== (b.id === undefined), { path: ['endpoint'] }),
  response: z.object({ ended: z.number().int() }),
});
