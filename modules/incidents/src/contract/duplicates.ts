/** Incidents that may be the same thing: asked before a report is sent, and at the desk. */
import { bilingual, defineRoute, idSchema, placeSchema, textSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';
import { incidentSourceNames, incidentStateNames, severityNames } from '../states.ts';
import { photoSchema } from './photo.ts';

/** One side of the comparison. */
export const comparedSchema = z.object({
  id: idSchema,
  number: z.string(),
  state: z.enum(incidentStateNames),
  source: z.enum(incidentSourceNames),
  severity: z.enum(severityNames),
  categoryCode: z.string(),
  description: z.string(),
  /** Of an anonymous report only its micro-grid's middle, but for those who handle it. */
  place: placeSchema.nullable(),
  address: z.string().nullable(),
  areaName: z.string().nullable(),
  reportedAtMs: timeMs,
  reporterCount: z.number().int(),
  photos: z.array(photoSchema),
  version: z.number().int(),
});
export type Compared = z.infer<typeof comparedSchema>;

export const alikeSchema = comparedSchema.extend({
  /** 0–1. */
  score: z.number(),
  /** Null where only the area is known. */
  distanceM: z.number().nullable(),
  minutes: z.number().int(),
  /** Why, in words. */
  reasons: z.array(bilingual),
});
export type Alike = z.infer<typeof alikeSchema>;

/** A POST, since a report's text belongs into no log of addresses; it changes nothing. */
export const findAlike = defineRoute({
  method: 'POST',
  path: '/api/incidents/alike',
  summary: 'Open incidents within the own scope that a report may repeat',
  access: { permission: 'incidents.report' },
  ratePerMinute: 240,
  body: z.object({
    categoryCode: z.string().max(40),
    description: textSchema(4000),
    place: placeSchema.optional(),
    areaId: idSchema.optional(),
  }),
  response: z.object({ alike: z.array(alikeSchema) }),
});
export const listAlike = defineRoute({
  method: 'GET',
  path: '/api/incidents/:id/alike',
  summary: 'Open incidents that may be the same, and those that were merged into it',
  access: { permission: 'incidents.decide' },
  params: z.object({ id: idSchema }),
  response: z.object({ alike: z.array(alikeSchema), merged: z.array(comparedSchema) }),
});
/** Never suggested again for each other; said twice, it stays said. */
export const tellApart = defineRoute({
  method: 'POST',
  path: '/api/incidents/:id/not-same',
  summary: 'Remember that two incidents are not the same',
  access: { permission: 'incidents.decide' },
  params: z.object({ id: idSchema }),
  body: z.object({ otherId: idSchema }),
  response: z.object({ alike: z.array(alikeSchema), merged: z.array(comparedSchema) }),
});
