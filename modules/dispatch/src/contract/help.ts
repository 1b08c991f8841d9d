/** A member in the field asks for help (求助): who is told, where they are, who comes. */
import { defineEvent, defineRoute, idSchema, placeSchema, textSchema, timeMs } from '@wangge/contract-kit';
import { phoneTimeSchema } from '@wangge/incidents/contract';
import { z } from 'zod';

export const helpSchema = z.object({
  id: idSchema,
  atMs: timeMs,
  name: z.string(),
  areaName: z.string(),
  incident: z.object({ id: idSchema, number: z.string() }).nullable(),
  text: z.string(),
  /** With the radius of uncertainty; null where the phone knew none. */
  place: placeSchema.nullable(),
  /** When the position was measured. */
  placedAtMs: timeMs.nullable(),
  /** Of whoever called, for those who may come; null where none is known. */
  phone: z.string().nullable(),
  /** Names of those who were told; empty: nobody could be. */
  toldNames: z.string(),
  answeredAtMs: timeMs.nullable(),
  answeredByName: z.string().nullable(),
  mine: z.boolean(),
  mayAnswer: z.boolean(),
});
export type Help = z.infer<typeof helpSchema>;

/** The key is its name: the same tap again is the same call. At most five in ten minutes. */
export const askHelp = defineRoute({
  method: 'POST',
  path: '/api/dispatch/helps',
  summary: 'Call the head of the grid and the desk for help',
  access: { permission: 'dispatch.ask-help' },
  body: z.object({
    clientKey: idSchema,
    incidentId: idSchema.optional(),
    text: textSchema(100).optional(),
    place: placeSchema.optional(),
    /** Seconds between the measurement of the position and the tap, by the phone. */
    placeAgeS: z.number().int().min(0).max(604_800).default(0),
    phone: phoneTimeSchema.optional(),
  }),
  response: z.object({ help: helpSchema }),
});
/** Own calls and those that one may answer, of the last day; whoever is shown a position is in the audit. */
export const listHelps = defineRoute({
  method: 'GET',
  path: '/api/dispatch/helps',
  summary: 'Calls for help of the last day',
  access: { permission: 'dispatch.read' },
  response: z.object({ helps: z.array(helpSchema) }),
});
/** The first who answers has it, and the messages of the others stop ringing. */
export const answerHelp = defineRoute({
  method: 'POST',
  path: '/api/dispatch/helps/:id/answer',
  summary: 'Take a call for help',
  access: { permission: 'dispatch.answer-help' },
  params: z.object({ id: idSchema }),
  body: z.object({}),
  response: z.object({ help: helpSchema }),
});
export const helpChanged = defineEvent({
  type: 'dispatch.help-changed',
  payload: z.object({ helpId: idSchema }),
  live: true,
});
