/** What the dispatch module offers over HTTP: orders, candidates, the member's tasks. */
import {
  defineEvent,
  defineRoute,
  idSchema,
  pageOf,
  pageQuery,
  placeSchema,
  flagQuery,
  roleSchema,
  textSchema,
  timeMs,
} from '@wangge/contract-kit';
import {
  incidentRowSchema,
  incidentSchema,
  pauseReasonNames,
  phoneTimeSchema,
  photoSchema,
} from '@wangge/incidents/contract';
import { z } from 'zod';
import { orderSchema, partySchema } from './contract/order.ts';

export * from './contract/rules.ts';
export * from './contract/skills.ts';
export * from './contract/forward.ts';
export * from './contract/help.ts';
export * from './contract/instruct.ts';
export * from './contract/order.ts';
export * from './contract/parts.ts';
export * from './contract/suggest.ts';
export * from './contract/whistle.ts';
export * from './states.ts';

export const candidateSchema = z.object({
  party: partySchema,
  name: z.string(),
  role: roleSchema.nullable(),
  areaName: z.string().nullable(),
  onDuty: z.boolean(),
  onLeave: z.boolean().optional(),
  /** Metres from the last position, null when unknown. */
  distanceM: z.number().nullable(),
  positionAtMs: timeMs.nullable(),
  openOrders: z.number().int(),
  /** Chosen by the assignment rule. */
  suggested: z.boolean(),
  /** Why here in the list, in words. */
  reason: z.object({ zh: z.string(), en: z.string() }),
});
export type Candidate = z.infer<typeof candidateSchema>;

export const listCandidates = defineRoute({
  method: 'GET',
  path: '/api/dispatch/incidents/:id/candidates',
  summary: 'Who could handle it, best first',
  access: { permission: 'dispatch.offer' },
  params: z.object({ id: idSchema }),
  response: z.object({ candidates: z.array(candidateSchema) }),
});

/**
 * One click: accepts and registers the incident where that is still to do, and offers an order to each
 * party, all in one transaction. Without parties the assignment rule chooses.
 */
export const dispatchIncident = defineRoute({
  method: 'POST',
  path: '/api/dispatch/incidents/:id',
  summary: 'Dispatch an incident',
  access: { permission: 'dispatch.offer' },
  params: z.object({ id: idSchema }),
  body: z.object({
    version: z.number().int(),
    clientKey: idSchema.optional(),
    parties: z.array(partySchema).max(20).optional(),
    task: textSchema(500).optional(),
  }),
  response: z.object({ incident: incidentSchema, orders: z.array(orderSchema) }),
});
export const listOrders = defineRoute({
  method: 'GET',
  path: '/api/dispatch/incidents/:id/orders',
  summary: 'Orders of an incident',
  access: { permission: 'dispatch.read' },
  params: z.object({ id: idSchema }),
  response: z.object({ orders: z.array(orderSchema) }),
});

export const taskSchema = z.object({
  order: orderSchema,
  incident: incidentRowSchema.extend({
    description: z.string(),
    photos: z.array(photoSchema),
    proofRequired: z.boolean(),
    /** Where one is required: from the app's camera. Absent in answers that a phone kept from before. */
    proofInApp: z.boolean().optional(),
    /** Why the resident's clock stands; null while it runs or has stopped. */
    paused: z
      .object({ why: z.enum(pauseReasonNames), untilMs: timeMs.nullable() })
      .nullable()
      .optional(),
  }),
});
export type Task = z.infer<typeof taskSchema>;
/** Orders offered to me or taken by me, and those of my departments. */
export const listMyTasks = defineRoute({
  method: 'GET',
  path: '/api/dispatch/tasks',
  summary: 'My tasks',
  access: { permission: 'dispatch.read' },
  query: pageQuery.extend({ done: flagQuery }),
  response: pageOf(taskSchema),
});

const base = {
  version: z.number().int(),
  clientKey: idSchema.optional(),
  /** When it was done, where that may have been out of reach. */
  phone: phoneTimeSchema.optional(),
};
const reasoned = { ...base, reason: textSchema(500) };
export const orderMoveBody = z.discriminatedUnion('move', [
  z.object({ move: z.literal('accept'), ...base }),
  z.object({ move: z.literal('return'), ...reasoned }),
  z.object({ move: z.literal('pass-on'), ...reasoned, party: partySchema }),
  /** A position, or a reason why there is none. */
  z.object({
    move: z.literal('arrive'),
    ...base,
    place: placeSchema.optional(),
    reason: textSchema(500).optional(),
  }),
  z.object({ move: z.literal('handle'), ...base }),
  z.object({
    move: z.literal('respond'),
    ...base,
    text: textSchema(1000),
    photoIds: z.array(idSchema).max(9).default([]),
    place: placeSchema.optional(),
  }),
  z.object({ move: z.literal('cancel'), ...reasoned }),
  z.object({ move: z.literal('ask-suspend'), ...reasoned, untilMs: timeMs }),
  z.object({ move: z.literal('ask-extend'), ...reasoned, untilMs: timeMs }),
  /** Decides what was asked; somebody else than who asked, and not the party. */
  z.object({
    move: z.literal('approve'),
    ...base,
    granted: z.boolean().default(true),
    /** The resident's clock stands, or moves, as well. */
    withIncident: z.boolean().default(false),
    reason: textSchema(500).optional(),
  }),
  z.object({ move: z.literal('resume'), ...base }),
]);
export type OrderMoveBody = z.infer<typeof orderMoveBody>;
export const moveOrder = defineRoute({
  method: 'POST',
  path: '/api/dispatch/orders/:id/moves',
  summary: 'Move an order along its workflow',
  access: { permission: 'dispatch.move' },
  params: z.object({ id: idSchema }),
  body: orderMoveBody,
  response: taskSchema,
});

export const orderChanged = defineEvent({
  type: 'dispatch.order-changed',
  payload: z.object({ orderId: idSchema, incidentId: idSchema, move: z.string() }),
  live: true,
});
