/** One order: what one party is asked to do about an incident. */
import { idSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';
import { orderMoveNames, orderStateNames } from '../states.ts';

export const partySchema = z.object({ kind: z.enum(['account', 'department']), id: idSchema });
export type Party = z.infer<typeof partySchema>;

export const orderSchema = z.object({
  id: idSchema,
  incidentId: idSchema,
  state: z.enum(orderStateNames),
  party: partySchema,
  partyName: z.string(),
  /** Member of the department who took it. */
  handlerId: idSchema.nullable(),
  handlerName: z.string().nullable(),
  /** The incident is responded only when every required order is. */
  required: z.boolean(),
  /** One of the parts that the incident was split into. */
  part: z.boolean().optional(),
  /** A part that came back and holds the whole until it is given to somebody else or dropped. */
  unsettled: z.boolean().optional(),
  /** Its department got the incident first, and answers for it until somebody else has it (首接负责). */
  firstReceiver: z.boolean().optional(),
  task: z.string().nullable(),
  offeredAtMs: timeMs,
  acceptedAtMs: timeMs.nullable(),
  arrivedAtMs: timeMs.nullable(),
  respondedAtMs: timeMs.nullable(),
  response: z.string().nullable(),
  pending: z.enum(['suspend', 'extend']).nullable(),
  /** What is asked for: until when, why, by whom. */
  asked: z.object({ untilMs: timeMs, reason: z.string(), byName: z.string() }).nullable().optional(),
  /** While it is suspended. */
  suspendedUntilMs: timeMs.nullable().optional(),
  /** Of its own clock, which runs beside the resident's; null while it stands or has ended. */
  deadlineMs: timeMs.nullable().optional(),
  version: z.number().int(),
  /** What the person who asks may do with it now. */
  moves: z.array(z.enum(orderMoveNames)),
});
export type Order = z.infer<typeof orderSchema>;
