/** Suggestions learned from the town's own closed incidents: asking for them, and what an administrator sees. */
import { bilingual, defineEvent, defineRoute, idSchema, placeSchema, textSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';

/** `learned` from closed incidents; `names` of the categories, while there is nothing to learn from; `off`. */
export const suggestionBasis = z.enum(['learned', 'names', 'off']);

export const categorySuggestionSchema = z.object({
  categoryCode: z.string(),
  /** How likely, 0–1; null where it was found by its name. */
  share: z.number().min(0).max(1).nullable(),
  /** What counted most: words of the text, or the name of the place. */
  words: z.array(z.string()),
});
export type CategorySuggestion = z.infer<typeof categorySuggestionSchema>;
export const categorySuggestionsSchema = z.object({
  basis: suggestionBasis,
  /** At most three, the likeliest first; none when unsure. */
  suggestions: z.array(categorySuggestionSchema),
});
export type CategorySuggestions = z.infer<typeof categorySuggestionsSchema>;

/** A POST, since a report's text belongs into no log of addresses; it changes nothing. */
export const suggestCategories = defineRoute({
  method: 'POST',
  path: '/api/incidents/suggest',
  summary: 'Categories that a text suggests, with the words that counted',
  access: { permission: 'incidents.report' },
  ratePerMinute: 240,
  body: z.object({
    text: textSchema(4000),
    place: placeSchema.optional(),
    /** Where no exact place is known. */
    areaId: idSchema.optional(),
  }),
  response: categorySuggestionsSchema,
});

export const lessonSubjects = {
  category: { zh: '事件类别', en: 'Category' },
  owner: { zh: '责任部门', en: 'Department' },
} as const;
export type LessonSubject = keyof typeof lessonSubjects;
const subjectSchema = z.enum(Object.keys(lessonSubjects) as [LessonSubject, ...LessonSubject[]]);

export const lessonSchema = z.object({
  subject: subjectSchema,
  enabled: z.boolean(),
  learning: z.boolean(),
  learnedAtMs: timeMs.nullable(),
  /** Why the last try came to nothing. */
  problem: z.enum(['too-few', 'failed']).nullable(),
  /** Closed incidents it was learned from. */
  examples: z.number().int().nullable(),
  /** Words that at least three reports share; no other is kept. */
  words: z.number().int().nullable(),
  learnMs: z.number().int().nullable(),
  /** The newest fifth, judged by what the others taught; shares of 0–1. */
  quality: z.object({ tested: z.number().int(), baseline: z.number(), top1: z.number(), top3: z.number() }).nullable(),
  /** By label, what speaks for it. */
  strongest: z.array(z.object({ label: z.string(), name: bilingual, words: z.array(z.string()) })),
});
export type Lesson = z.infer<typeof lessonSchema>;
const lessonsSchema = z.object({ lessons: z.array(lessonSchema) });

export const listLessons = defineRoute({
  method: 'GET',
  path: '/api/incidents/lessons',
  summary: 'What suggestions were learned from, and how good they are',
  access: { permission: 'incidents.manage-suggestions' },
  response: lessonsSchema,
});
/** Begins to learn anew unless that is under way. */
export const learnLesson = defineRoute({
  method: 'POST',
  path: '/api/incidents/lessons/:subject/learn',
  summary: 'Learn suggestions anew from closed incidents',
  access: { permission: 'incidents.manage-suggestions' },
  params: z.object({ subject: subjectSchema }),
  response: lessonsSchema,
});
export const switchLesson = defineRoute({
  method: 'POST',
  path: '/api/incidents/lessons/:subject/switch',
  summary: 'Switch suggestions on or off',
  access: { permission: 'incidents.manage-suggestions' },
  params: z.object({ subject: subjectSchema }),
  body: z.object({ enabled: z.boolean() }),
  response: lessonsSchema,
});

/** Somebody wants a lesson learned; the module whose it is does it. */
export const lessonAsked = defineEvent({
  type: 'incidents.lesson-asked',
  payload: z.object({ subject: subjectSchema }),
  live: false,
});
/** Learned, switched, begun or failed. */
export const lessonChanged = defineEvent({
  type: 'incidents.lesson-changed',
  payload: z.object({ subject: subjectSchema }),
  live: true,
});
