/** Parent with parts: an incident is split among several parties, and is answered when all parts are. */
import { defineRoute, idSchema, textSchema } from '@wangge/contract-kit';
import { incidentSchema } from '@wangge/incidents/contract';
import { z } from 'zod';
import { orderSchema, partySchema } from './order.ts';

/** Lines of the timeline are `part:<move>`; what a party does with its part is `order:<move>`. */
export const partMoves = {
  drop: { zh: '撤销分办', en: 'Part dropped' },
} as const;

const answer = z.object({ incident: incidentSchema, orders: z.array(orderSchema) });

/** Each part is an order of its own, with its own task and clock; all are required. All or none are made. */
export const splitIncident = defineRoute({
  method: 'POST',
  path: '/api/dispatch/incidents/:id/parts',
  summary: 'Split an incident into parts for several parties, or add parts',
  access: { permission: 'dispatch.offer' },
  params: z.object({ id: idSchema }),
  body: z.object({
    version: z.number().int(),
    clientKey: idSchema.optional(),
    parts: z
      .array(
        z.object({
          party: partySchema,
          task: textSchema(500),
          /** A returned part that this one takes the place of. */
          replaces: idSchema.optional(),
        }),
      )
      .min(1)
      .max(20),
  }),
  response: answer,
});
/** A part that is under way is cancelled by a move of its order; one that came back is dropped. */
export const dropPart = defineRoute({
  method: 'POST',
  path: '/api/dispatch/orders/:id/drop',
  summary: 'Do without a part that was returned',
  access: { permission: 'dispatch.offer' },
  params: z.object({ id: idSchema }),
  body: z.object({ version: z.number().int(), clientKey: idSchema.optional(), reason: textSchema(500) }),
  response: answer,
});
