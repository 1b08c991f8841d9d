/** Departments learned from who handled incidents like this one. */
import { bilingual, defineRoute, idSchema } from '@wangge/contract-kit';
import { z } from 'zod';

const ownerSuggestionSchema = z.object({
  party: z.object({ kind: z.literal('department'), id: idSchema }),
  name: z.string(),
  /** How likely, 0–1. */
  share: z.number().min(0).max(1),
  /** What counted: category, area, time, source, words of the text. */
  reasons: z.array(bilingual),
});
export type OwnerSuggestion = z.infer<typeof ownerSuggestionSchema>;
const ownerSuggestionsSchema = z.object({
  /** `none` while nothing was learned. */
  basis: z.enum(['learned', 'none', 'off']),
  /** At most three, the likeliest first; none when unsure. */
  suggestions: z.array(ownerSuggestionSchema),
});
export type OwnerSuggestions = z.infer<typeof ownerSuggestionsSchema>;

export const suggestOwner = defineRoute({
  method: 'GET',
  path: '/api/dispatch/incidents/:id/suggestion',
  summary: 'Departments that handled incidents like this one, with what counted',
  access: { permission: 'dispatch.offer' },
  params: z.object({ id: idSchema }),
  response: ownerSuggestionsSchema,
});
