/** A photo as the pages show it. */
import { idSchema } from '@wangge/contract-kit';
import { z } from 'zod';

export const photoSchema = z.object({
  fileId: idSchema,
  /** Signed, short-lived. */
  url: z.string(),
  thumbUrl: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  /** Taken before or at the report, or as proof of handling. */
  purpose: z.enum(['report', 'proof']),
});
export type Photo = z.infer<typeof photoSchema>;
