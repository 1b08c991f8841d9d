/** One order of a grid's head to all its members; read and confirmed are two things. */
import { defineEvent, defineRoute, idSchema, placeSchema, textSchema, timeMs } from '@wangge/contract-kit';
import { phoneTimeSchema, photoSchema } from '@wangge/incidents/contract';
import { z } from 'zod';

export const instructionSchema = z.object({
  id: idSchema,
  atMs: timeMs,
  authorName: z.string(),
  areaName: z.string(),
  text: z.string(),
  place: placeSchema.nullable(),
  needsConfirm: z.boolean(),
  photos: z.array(photoSchema),
});
const receiptSchema = z.object({
  accountId: idSchema,
  name: z.string(),
  toldAtMs: timeMs,
  readAtMs: timeMs.nullable(),
  confirmedAtMs: timeMs.nullable(),
  reminders: z.number().int(),
  remindedAtMs: timeMs.nullable(),
});
export const instructionWithReceiptsSchema = instructionSchema.extend({
  receipts: z.array(receiptSchema),
  /** Somebody has not read it, or not confirmed where that is asked for. */
  mayRemind: z.boolean(),
});
export type InstructionWithReceipts = z.infer<typeof instructionWithReceiptsSchema>;
export const myInstructionSchema = instructionSchema.extend({
  readAtMs: timeMs.nullable(),
  confirmedAtMs: timeMs.nullable(),
});
export type MyInstruction = z.infer<typeof myInstructionSchema>;
const ofInstruction = z.object({ id: idSchema });
const seen = z.object({ phone: phoneTimeSchema.optional() });

export const giveInstruction = defineRoute({
  method: 'POST',
  path: '/api/dispatch/instructions',
  summary: 'Give one instruction to all grid and micro-grid members of an area',
  access: { permission: 'dispatch.instruct' },
  body: z.object({
    clientKey: idSchema,
    /** Unless told, the area of the own post. */
    areaId: idSchema.optional(),
    text: textSchema(1000),
    place: placeSchema.optional(),
    photoIds: z.array(idSchema).max(9).default([]),
    needsConfirm: z.boolean().default(false),
  }),
  response: z.object({ instruction: instructionWithReceiptsSchema }),
});
export const listInstructions = defineRoute({
  method: 'GET',
  path: '/api/dispatch/instructions',
  summary: 'The latest instructions given in the own area, with who has read and confirmed them',
  access: { permission: 'dispatch.instruct' },
  response: z.object({ instructions: z.array(instructionWithReceiptsSchema) }),
});
export const remindOfInstruction = defineRoute({
  method: 'POST',
  path: '/api/dispatch/instructions/:id/reminders',
  summary: 'Remind those who have not read it, or not confirmed',
  access: { permission: 'dispatch.instruct' },
  params: ofInstruction,
  body: z.object({ clientKey: idSchema.optional() }),
  response: z.object({ instruction: instructionWithReceiptsSchema, reminded: z.number().int() }),
});
export const listMyInstructions = defineRoute({
  method: 'GET',
  path: '/api/dispatch/my-instructions',
  summary: 'Instructions given to me in the last thirty days, newest first',
  access: 'session',
  response: z.object({ instructions: z.array(myInstructionSchema) }),
});
export const readInstruction = defineRoute({
  method: 'POST',
  path: '/api/dispatch/instructions/:id/read',
  summary: 'I have opened it',
  access: 'session',
  params: ofInstruction,
  body: seen,
  response: z.object({ instruction: myInstructionSchema }),
});
/** Confirms that one will do it; whoever confirms has read it. */
export const confirmInstruction = defineRoute({
  method: 'POST',
  path: '/api/dispatch/instructions/:id/confirmation',
  summary: 'I confirm it',
  access: 'session',
  params: ofInstruction,
  body: seen,
  response: z.object({ instruction: myInstructionSchema }),
});
export const instructionChanged = defineEvent({
  type: 'dispatch.instruction-changed',
  payload: z.object({ instructionId: idSchema }),
  live: true,
});
