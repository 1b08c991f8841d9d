/** How well matters were handled, by what their reporters said. */
import { defineRoute, idSchema } from '@wangge/contract-kit';
import { z } from 'zod';

const share = z.number().min(0).max(1).nullable();

export const rateRowSchema = z.object({
  /** Of the area or department; null for incidents without a department. */
  id: z.string().nullable(),
  name: z.string(),
  /** Closed within the time. */
  closed: z.number().int(),
  /** Opinions of reporters, also of those whose reports were merged. */
  ratings: z.number().int(),
  /** Mean of 1–5; null while nobody rated. */
  response: z.number().nullable(),
  satisfied: z.number().nullable(),
  /** Share of "resolved" among the opinions. */
  resolvedRate: share,
  /** Matters that somebody asked to be reopened, and that a person reopened. */
  asked: z.number().int(),
  reopened: z.number().int(),
  /** Share of reopened ones among all that were closed or reopened. */
  reopenRate: share,
});
export type RateRow = z.infer<typeof rateRowSchema>;

export const readRates = defineRoute({
  method: 'GET',
  path: '/api/incidents/rates',
  summary: 'Reporters’ opinions and reopenings by area or department, reckoned from closed incidents',
  access: { permission: 'incidents.read' },
  query: z.object({
    by: z.enum(['area', 'department']),
    /** Closed from (inclusive) until (exclusive). */
    fromMs: z.coerce.number().int(),
    toMs: z.coerce.number().int(),
    areaId: idSchema.optional(),
  }),
  response: z.object({ rows: z.array(rateRowSchema) }),
  cachedUntil: ['incidents.changed', 'areas.changed'],
});
