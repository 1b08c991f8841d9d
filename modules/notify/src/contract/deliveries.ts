/** Every delivery and every attempt at it, for the administrator. Addresses are masked, texts are not shown. */
import { defineRoute, idSchema, pageOf, pageQuery, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';
import { deliveryChannelNames } from './kinds.ts';

export const deliveryStates = {
  waiting: { zh: '待发送', en: 'Waiting' },
  sent: { zh: '已发送', en: 'Sent' },
  failed: { zh: '失败', en: 'Failed' },
  skipped: { zh: '已读，未发', en: 'Read, not sent' },
} as const;
export type DeliveryState = keyof typeof deliveryStates;
export const deliveryStateNames = Object.keys(deliveryStates) as [DeliveryState, ...DeliveryState[]];

export const attemptSchema = z.object({
  n: z.number().int(),
  begunAtMs: timeMs,
  endedAtMs: timeMs.nullable(),
  ok: z.boolean().nullable(),
  answer: z.string().nullable(),
});
export const deliverySchema = z.object({
  id: idSchema,
  atMs: timeMs,
  channel: z.enum(deliveryChannelNames),
  template: z.string(),
  /** Masked address, or the name of a chat group. */
  target: z.string().nullable(),
  receiver: z.string().nullable(),
  urgent: z.boolean(),
  state: z.enum(deliveryStateNames),
  nextAtMs: timeMs.nullable(),
  endedAtMs: timeMs.nullable(),
  answer: z.string().nullable(),
  attempts: z.array(attemptSchema),
});
export type Delivery = z.infer<typeof deliverySchema>;

const access = { permission: 'notify.manage' } as const;
export const listDeliveries = defineRoute({
  method: 'GET',
  path: '/api/notify/deliveries',
  summary: 'Deliveries, newest first, with every attempt',
  access,
  query: pageQuery.extend({
    channel: z.enum(deliveryChannelNames).optional(),
    state: z.enum(deliveryStateNames).optional(),
    fromMs: z.coerce.number().int().optional(),
    toMs: z.coerce.number().int().optional(),
  }),
  response: pageOf(deliverySchema),
});
export const deliveryTotals = defineRoute({
  method: 'GET',
  path: '/api/notify/totals',
  summary: 'Deliveries per day, channel and state, in the town’s days',
  access,
  query: z.object({ days: z.coerce.number().int().min(1).max(90).default(14) }),
  response: z.object({
    totals: z.array(
      z.object({
        day: z.string(),
        channel: z.enum(deliveryChannelNames),
        state: z.enum(deliveryStateNames),
        count: z.number().int(),
      }),
    ),
  }),
});
/** Only what failed: what waits goes by itself, what was sent would be sent twice. */
export const retryDelivery = defineRoute({
  method: 'POST',
  path: '/api/notify/deliveries/:id/retry',
  summary: 'Try a failed delivery again',
  access,
  params: z.object({ id: idSchema }),
  response: z.object({ ok: z.literal(true) }),
});
