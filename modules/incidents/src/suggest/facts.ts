/** What is kept beside a model for people to read. */
import { z } from 'zod';

const share = z.number().min(0).max(1);
export const lessonFactsSchema = z.object({
  examples: z.number().int(),
  words: z.number().int(),
  quality: z.object({ tested: z.number().int(), baseline: share, top1: share, top3: share }).nullable(),
  learnMs: z.number().int(),
  strongest: z.record(z.string(), z.array(z.string())),
});
export type LessonFacts = z.infer<typeof lessonFactsSchema>;
