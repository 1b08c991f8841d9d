/** What the public may read of an incident, and how a dispatcher releases it. */
import { idSchema, textSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';

export const releaseSchema = z.object({
  /** Text and photos below are public now (Open311). */
  released: z.boolean(),
  /** Written for the public: the reporter's own words are never published by themselves. */
  publicText: z.string().nullable(),
  /** Photos of the incident that are public, the first of them first. */
  photoIds: z.array(idSchema),
  atMs: timeMs.nullable(),
  byName: z.string().nullable(),
  /** The person who asks may release it or take it back: permission, and a public category. */
  may: z.boolean(),
});
export type Release = z.infer<typeof releaseSchema>;

/** Words for the timeline's entries of these two. */
export const releaseMoves = {
  release: { zh: '公开', en: 'Released to the public' },
  'take-from-public': { zh: '取消公开', en: 'Taken back from the public' },
} as const;

export const releaseBody = z
  .object({
    clientKey: idSchema,
    version: z.number().int(),
    released: z.boolean(),
    publicText: textSchema(4000).optional(),
    /** Of the report, its notes or its proofs; what is not named is not public. */
    photoIds: z.array(idSchema).max(9).default([]),
  })
  // Nothing at all would be a release in name only.
  .refine((b) => !b.released || b.publicText !== undefined || b.photoIds.length > 0, { path: ['publicText'] });
export type ReleaseBody = z.infer<typeof releaseBody>;
