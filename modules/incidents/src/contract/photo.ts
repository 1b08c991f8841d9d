/** A photo as the pages show it. */
import { idSchema, placeSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';

/**
 * What a photo says of itself. `camera`: its phone said that it came from the app's camera; `gallery`:
 * it was chosen among pictures that were there. Neither proves anything.
 */
export const photoFactsSchema = z.object({
  how: z.enum(['camera', 'gallery']),
  /** When it was taken, or chosen. */
  atMs: timeMs,
  /** `atMs` is the phone's word, put right by the measured offset of its clock. */
  byPhone: z.boolean(),
  /** Server's clock when it arrived. */
  receivedMs: timeMs,
  /** Null: the phone had no position. Absent for readers who know the incident's place only coarsely. */
  place: placeSchema.nullable().optional(),
  /** From the incident's place in metres; null where one of the two is unknown. Absent as `place` is. */
  distanceM: z.number().int().nullable().optional(),
});
export type PhotoFacts = z.infer<typeof photoFactsSchema>;
/** A proof from farther away is shown as such, and not refused: a verifier judges. */
export const proofFarM = 200;

export const photoSchema = z.object({
  fileId: idSchema,
  /** Signed, short-lived. */
  url: z.string(),
  thumbUrl: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  /** Taken before or at the report, or as proof of handling. */
  purpose: z.enum(['report', 'proof']),
  /** Told with an incident's details, where its phone said something. */
  taken: photoFactsSchema.optional(),
});
export type Photo = z.infer<typeof photoSchema>;
