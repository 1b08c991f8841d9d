/** Up to the county and back down with its answer; typed in by the town, since no line to the county exists. */
import { defineRoute, idSchema, textSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';

/** Lines of the timeline are `county:<move>`. */
export const countyMoves = {
  send: { zh: '报送县级', en: 'Sent to the county' },
  answer: { zh: '县级答复', en: 'Answer of the county' },
  end: { zh: '随事件了结，县级报送终止', en: 'Ended with the incident' },
  back: { zh: '从县级收回', en: 'Taken back from the county' },
} as const;

export const referralSchema = z.object({
  id: idSchema,
  sentAtMs: timeMs,
  sentBy: z.string(),
  asked: z.string(),
  /** The resident's clock stands meanwhile. */
  pauses: z.boolean(),
  answeredAtMs: timeMs.nullable(),
  answer: z.string().nullable(),
  documentNo: z.string().nullable(),
  /** `2026-11-22`, of the county's paper. */
  documentDay: z.string().nullable(),
  /** A person of the county. */
  answeredBy: z.string().nullable(),
  enteredBy: z.string().nullable(),
  takenBackAtMs: timeMs.nullable(),
  /** Where the incident came to its end while the county had it. */
  endedHow: z.enum(['closed', 'merged', 'rejected', 'withdrawn']).nullable(),
});
export type Referral = z.infer<typeof referralSchema>;
const answer = z.object({
  referrals: z.array(referralSchema),
  may: z.object({ send: z.boolean(), answer: z.boolean() }),
});
const ofIncident = z.object({ id: idSchema });

export const listReferrals = defineRoute({
  method: 'GET',
  path: '/api/incidents/:id/county',
  summary: 'What was sent up to the county, and what it answered; newest first',
  access: { permission: 'incidents.read' },
  params: ofIncident,
  response: answer,
});
export const sendToCounty = defineRoute({
  method: 'POST',
  path: '/api/incidents/:id/county',
  summary: 'Send an incident up to the county',
  access: { permission: 'incidents.decide' },
  params: ofIncident,
  body: z.object({ clientKey: idSchema.optional(), asked: textSchema(1000), pauses: z.boolean() }),
  response: answer,
});
export const enterCountyAnswer = defineRoute({
  method: 'POST',
  path: '/api/incidents/:id/county/answer',
  summary: 'Enter the answer of the county: the incident is the town’s again',
  access: { permission: 'incidents.decide' },
  params: ofIncident,
  body: z.object({
    clientKey: idSchema.optional(),
    answer: textSchema(2000),
    answeredBy: textSchema(60),
    documentNo: textSchema(60).optional(),
    documentDay: z.iso.date().optional(),
    /** Of the paper. */
    photoIds: z.array(idSchema).max(9).default([]),
  }),
  response: answer,
});
