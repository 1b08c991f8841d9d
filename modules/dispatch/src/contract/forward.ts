/** An own order goes to a colleague of the same grid (转交): asked by the one, taken or declined by the other. */
import { defineEvent, defineRoute, idSchema, roleSchema, textSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';

export const forwardStates = {
  asked: { zh: '等待接手', en: 'Asked' },
  accepted: { zh: '已接手', en: 'Taken' },
  declined: { zh: '未接手', en: 'Declined' },
  withdrawn: { zh: '已收回', en: 'Withdrawn' },
} as const;
export type ForwardState = keyof typeof forwardStates;
export const forwardStateNames = Object.keys(forwardStates) as [ForwardState, ...ForwardState[]];

export const forwardSchema = z.object({
  id: idSchema,
  orderId: idSchema,
  incident: z.object({ id: idSchema, number: z.string(), summary: z.string(), address: z.string().nullable() }),
  state: z.enum(forwardStateNames),
  fromName: z.string(),
  toName: z.string(),
  reason: z.string(),
  askedAtMs: timeMs,
  endedAtMs: timeMs.nullable(),
  /** Why it was declined. */
  answer: z.string().nullable(),
  /** I asked for it. */
  mine: z.boolean(),
  may: z.object({ answer: z.boolean(), withdraw: z.boolean() }),
});
export type Forward = z.infer<typeof forwardSchema>;

const one = z.object({ forward: forwardSchema });
const named = z.object({ id: idSchema });

export const listColleagues = defineRoute({
  method: 'GET',
  path: '/api/dispatch/orders/:id/colleagues',
  summary: 'Colleagues of the own grid who could take an own order',
  access: { permission: 'dispatch.move' },
  params: named,
  response: z.object({
    colleagues: z.array(
      z.object({ id: idSchema, name: z.string(), role: roleSchema, areaName: z.string(), onDuty: z.boolean() }),
    ),
  }),
});
/** The order stays with its party until the colleague takes it. */
export const askForward = defineRoute({
  method: 'POST',
  path: '/api/dispatch/orders/:id/forwards',
  summary: 'Ask a colleague to take over an own order',
  access: { permission: 'dispatch.move' },
  params: named,
  body: z.object({ clientKey: idSchema, toId: idSchema, reason: textSchema(200) }),
  response: one,
});
/** Those that wait, asked by me or of me, and those that ended within a day. */
export const listForwards = defineRoute({
  method: 'GET',
  path: '/api/dispatch/forwards',
  summary: 'Orders on their way from one colleague to another',
  access: { permission: 'dispatch.read' },
  response: z.object({ forwards: z.array(forwardSchema) }),
});
export const answerForward = defineRoute({
  method: 'POST',
  path: '/api/dispatch/forwards/:id/answer',
  summary: 'Take over an order, or decline it',
  access: { permission: 'dispatch.read' },
  params: named,
  body: z.object({ clientKey: idSchema.optional(), accepted: z.boolean(), reason: textSchema(200).optional() }),
  response: one,
});
export const withdrawForward = defineRoute({
  method: 'POST',
  path: '/api/dispatch/forwards/:id/withdraw',
  summary: 'Keep an order after all',
  access: { permission: 'dispatch.read' },
  params: named,
  body: z.object({ clientKey: idSchema.optional() }),
  response: one,
});
export const forwardChanged = defineEvent({
  type: 'dispatch.forward-changed',
  payload: z.object({ forwardId: idSchema, orderId: idSchema }),
  live: true,
});
