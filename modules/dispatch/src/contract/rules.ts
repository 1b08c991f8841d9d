/** Dispatch rules: an ordered list, the first that matches decides who gets an incident. */
import { bilingual, defineEvent, defineRoute, idSchema, textSchema, timeMs } from '@wangge/contract-kit';
import { incidentSourceNames, severityNames } from '@wangge/incidents/contract';
import { z } from 'zod';

export const maxRules = 100;

/** `own-member`: whoever answers for the ground first, the grid's own member. */
export const rulePartySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('department'), id: idSchema, required: z.boolean() }),
  z.object({ kind: z.literal('account'), id: idSchema, required: z.boolean() }),
  z.object({ kind: z.literal('own-member'), required: z.boolean() }),
]);
export type RuleParty = z.infer<typeof rulePartySchema>;

/** An empty list, `any` and null set no condition. */
export const ruleWhenSchema = z.object({
  /** Codes of either level. */
  categoryCodes: z.array(z.string().min(1).max(40)).max(60),
  /** With everything below them. */
  areaIds: z.array(idSchema).max(60),
  sources: z.array(z.enum(incidentSourceNames)).max(incidentSourceNames.length),
  /** By the town's working calendar. */
  days: z.enum(['any', 'working', 'off']),
  /** Minutes of the town's day, `fromMin` inclusive; over midnight where `toMin` is not later. */
  hours: z
    .object({ fromMin: z.number().int().min(0).max(1439), toMin: z.number().int().min(1).max(1440) })
    .refine((h) => h.fromMin !== h.toMin, { path: ['toMin'] })
    .nullable(),
  /** One of them is enough. */
  words: z.array(textSchema(30)).max(40),
});
export type RuleWhen = z.infer<typeof ruleWhenSchema>;

export const ruleSchema = z
  .object({
    id: idSchema,
    name: textSchema(40),
    enabled: z.boolean(),
    when: ruleWhenSchema,
    /** Nobody named: the rule only raises the severity, and the default chooses the parties. */
    parties: z.array(rulePartySchema).max(10),
    /** Raises it to this; never lowers. */
    severity: z.enum(severityNames).nullable(),
  })
  .refine((r) => r.parties.length > 0 || r.severity !== null, { path: ['parties'] })
  // Somebody must answer, or the incident could never be responded.
  .refine((r) => r.parties.length === 0 || r.parties.some((p) => p.required), { path: ['parties'] });
export type Rule = z.infer<typeof ruleSchema>;

const rulesSchema = z
  .array(ruleSchema)
  .max(maxRules)
  .refine((list) => new Set(list.map((r) => r.id)).size === list.length);

/** What is odd about a rule: it is kept all the same, by somebody who has read this. */
export const ruleWarningNames = [
  'shadowed',
  'contradictory',
  'unknown-category',
  'closed-category',
  'unknown-area',
  'unknown-department',
  'department-without-people',
  'unknown-account',
  'area-without-member',
  'nobody-required',
  'severity-not-higher',
] as const;
export type RuleWarningKind = (typeof ruleWarningNames)[number];
export const ruleWarningSchema = z.object({
  ruleId: idSchema,
  kind: z.enum(ruleWarningNames),
  /** The rule never decides anything because of it. */
  never: z.boolean(),
  message: bilingual,
});
export type RuleWarning = z.infer<typeof ruleWarningSchema>;

const bookSchema = z.object({
  /** Counts up with every save; 0 before the first. */
  version: z.number().int(),
  rules: z.array(ruleSchema),
  warnings: z.array(ruleWarningSchema),
  /** Persons whom rules name. */
  people: z.array(z.object({ id: idSchema, name: z.string() })),
  savedBy: z.string().nullable(),
  savedAtMs: timeMs.nullable(),
});
export type RuleBookView = z.infer<typeof bookSchema>;

export const readRules = defineRoute({
  method: 'GET',
  path: '/api/dispatch/rules',
  summary: 'Dispatch rules in their order, with what is odd about them',
  access: { permission: 'dispatch.edit-rules' },
  response: bookSchema,
});
export const saveRules = defineRoute({
  method: 'PUT',
  path: '/api/dispatch/rules',
  summary: 'Replace the dispatch rules; they apply to incidents reported from now on',
  access: { permission: 'dispatch.edit-rules' },
  body: z.object({
    version: z.number().int(),
    rules: rulesSchema,
    /** Rules that never match are saved only by who says so. */
    withWarnings: z.boolean().default(false),
  }),
  response: bookSchema,
});

/** Stands in a trial for the grid's own member, whoever that was at the time. */
export const ownMemberName = 'own-member';
/** Names; none in `from`: nobody had got it. */
const countSchema = z.object({ from: z.array(z.string()), to: z.array(z.string()), n: z.number().int() });
export const trialSchema = z.object({
  fromMs: timeMs,
  /** Incidents that were looked at, newest first, at most so many. */
  looked: z.number().int(),
  capped: z.boolean(),
  /** By rule, in the order of the list: how many it would have decided. */
  decided: z.array(z.object({ ruleId: idSchema, n: z.number().int(), elsewhere: z.number().int() })),
  elsewhere: z.number().int(),
  /** From whom to whom, the most frequent first. */
  counts: z.array(countSchema),
  /** The newest of those that would have gone elsewhere. */
  items: z.array(
    z.object({
      incidentId: idSchema,
      number: z.string(),
      title: z.string(),
      reportedAtMs: timeMs,
      ruleId: idSchema,
      from: z.array(z.string()),
      to: z.array(z.string()),
    }),
  ),
  warnings: z.array(ruleWarningSchema),
});
export type Trial = z.infer<typeof trialSchema>;
export const tryRules = defineRoute({
  method: 'POST',
  path: '/api/dispatch/rules/try',
  summary: 'What a list of rules would have done with the incidents of the last 90 days; changes nothing',
  access: { permission: 'dispatch.edit-rules' },
  ratePerMinute: 30,
  body: z.object({ rules: rulesSchema }),
  response: trialSchema,
});

export const rulesChanged = defineEvent({
  type: 'dispatch.rules-changed',
  payload: z.object({ version: z.number().int() }),
  live: true,
});
