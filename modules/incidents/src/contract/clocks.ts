/** Limits, clocks, levels before and after a limit, and the working calendar. */
import { bilingual, defineEvent, defineRoute, idSchema, textSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';
import { severityNames } from '../states.ts';

/** What a clock measures. `take` and `order` belong to one order, the others to the incident. */
export const clockPhases = {
  accept: { zh: '受理', en: 'Accept' },
  dispatch: { zh: '派遣', en: 'Dispatch' },
  handle: { zh: '处置', en: 'Handle' },
  verify: { zh: '核查', en: 'Verify' },
  take: { zh: '签收', en: 'Take the order' },
  order: { zh: '工单处置', en: 'Handle the order' },
} as const;
export type ClockPhase = keyof typeof clockPhases;
export const clockPhaseNames = Object.keys(clockPhases) as [ClockPhase, ...ClockPhase[]];

export const clockModes = {
  calendar: { zh: '自然时间', en: 'Calendar time' },
  working: { zh: '工作时间', en: 'Working time' },
} as const;
export type ClockMode = keyof typeof clockModes;
const modeSchema = z.enum(['calendar', 'working']);

/** Up to ten years: more is a slip of the pen. */
const minutesSchema = z
  .number()
  .int()
  .min(1)
  .max(10 * 366 * 1440);

export const limitSchema = z.object({
  /** Code of a category (either level), or `*` for all. */
  categoryCode: z.string().max(40),
  severity: z.enum([...severityNames, '*']),
  phase: z.enum(clockPhaseNames),
  minutes: minutesSchema,
  mode: modeSchema,
});
export type Limit = z.infer<typeof limitSchema>;

/** Why a deadline moved; the timeline's entries are `clock:<why>`. */
export const clockMoves = {
  pause: { zh: '计时暂停', en: 'Clock paused' },
  resume: { zh: '计时恢复', en: 'Clock resumed' },
  extend: { zh: '时限延长', en: 'Deadline extended' },
  rule: { zh: '时限规则变更，期限调整', en: 'Limits changed, deadline moved' },
  calendar: { zh: '工作日历变更，期限调整', en: 'Calendar changed, deadline moved' },
  category: { zh: '类别变更，期限调整', en: 'Category changed, deadline moved' },
  severity: { zh: '紧急程度变更，期限调整', en: 'Severity changed, deadline moved' },
  rework: { zh: '返工，计时继续', en: 'Rework, clock goes on' },
  reopen: { zh: '重办，重新计时', en: 'Reopened, clock starts anew' },
  merge: { zh: '并案，按较早期限', en: 'Merged, the earlier deadline holds' },
  unmerge: { zh: '撤销并案，恢复期限', en: 'Merge undone, own deadline again' },
  remind: { zh: '时限提醒', en: 'Reminder of the limit' },
  acknowledge: { zh: '确认提醒', en: 'Reminder acknowledged' },
  answer: { zh: '答复督办', en: 'Supervision answered' },
  unanswered: { zh: '督办逾期未答复', en: 'Supervision not answered in time' },
} as const;
export type ClockMove = keyof typeof clockMoves;

/** People of a level, by what they are to the incident. */
export const ladderAudience = {
  assignee: { zh: '处置人员', en: 'Assignees' },
  'grid-head': { zh: '网格长', en: 'Grid head' },
  department: { zh: '责任部门', en: 'Responsible department' },
  dispatcher: { zh: '调度员', en: 'Dispatcher' },
  leader: { zh: '领导', en: 'Leaders' },
} as const;
export const escalationLevels = {
  village: { zh: '村级', en: 'Village' },
  town: { zh: '镇级', en: 'Town' },
  county: { zh: '县级', en: 'County' },
} as const;
export type EscalationLevel = keyof typeof escalationLevels;
export const ladderActs = {
  remind: { zh: '提醒', en: 'Remind' },
  supervise: { zh: '督办（须答复）', en: 'Supervise (needs an answer)' },
  escalate: { zh: '上报上级', en: 'Escalate' },
} as const;

export const ladderStepSchema = z
  .object({
    /** `percent` of the limit, or `minutes` before (negative) or after it; both in the clock's own time. */
    unit: z.enum(['percent', 'minutes']),
    at: z.number().int().min(-525_600).max(525_600),
    act: z.enum(['remind', 'supervise', 'escalate']),
    who: z.array(z.enum(['assignee', 'grid-head', 'department', 'dispatcher', 'leader'])).max(5),
    /** Of an escalation. */
    to: z.enum(['village', 'town', 'county']).optional(),
    /** Again after so many minutes of the clock's own time, until somebody acknowledges; null: once. */
    repeatMin: z.number().int().min(1).max(525_600).nullable().default(null),
  })
  .refine((s) => s.unit === 'minutes' || (s.at > 0 && s.at <= 10_000), { path: ['at'] })
  .refine((s) => (s.act === 'escalate') === (s.to !== undefined), { path: ['to'] });
export type LadderStep = z.infer<typeof ladderStepSchema>;
export const ladderSchema = z.object({
  phase: z.enum(clockPhaseNames),
  severity: z.enum([...severityNames, '*']),
  steps: z.array(ladderStepSchema).max(12),
});
export type Ladder = z.infer<typeof ladderSchema>;

/** How far the open clocks are brought to changed rules. */
export const recomputeSchema = z.object({
  why: z.enum(['rule', 'calendar']),
  atMs: timeMs,
  done: z.number().int(),
  total: z.number().int(),
  /** Deadlines that moved. */
  moved: z.number().int(),
  finishedAtMs: timeMs.nullable(),
});
export type Recompute = z.infer<typeof recomputeSchema>;

export const readLimits = defineRoute({
  method: 'GET',
  path: '/api/incidents/limits',
  summary: 'Limits and levels that apply, and how far open clocks follow the last change',
  access: 'session',
  response: z.object({
    limits: z.array(limitSchema),
    ladders: z.array(ladderSchema),
    /** Levels of the phases where none are set. */
    defaults: z.array(ladderSchema),
    recompute: recomputeSchema.nullable(),
  }),
});
export const saveLimits = defineRoute({
  method: 'PUT',
  path: '/api/incidents/categories/:code/limits',
  summary: 'Replace the limits of a category (`*`: of all); open clocks follow',
  access: { permission: 'incidents.edit-categories' },
  params: z.object({ code: z.string().max(40) }),
  body: z.object({ limits: z.array(limitSchema.omit({ categoryCode: true })).max(100) }),
  response: z.object({ limits: z.array(limitSchema) }),
});
/** Columns: category, severity, phase, minutes, mode. Rows replace those of the same category, severity and phase. */
export const importLimits = defineRoute({
  method: 'POST',
  path: '/api/incidents/limits/import',
  summary: 'Import limits from CSV; all or nothing',
  access: { permission: 'incidents.edit-categories' },
  body: z.object({ csv: z.string().max(1_000_000) }),
  response: z.object({ created: z.number().int(), changed: z.number().int() }),
});
export const saveLadder = defineRoute({
  method: 'PUT',
  path: '/api/incidents/ladders/:phase/:severity',
  summary: 'Set the levels of a phase (`*`: of all severities); no steps: none at all',
  access: { permission: 'incidents.edit-categories' },
  params: ladderSchema.pick({ phase: true, severity: true }),
  body: ladderSchema.pick({ steps: true }),
  response: ladderSchema,
});

const minuteOfDay = z.number().int().min(0).max(1440);
const segmentSchema = z
  .object({ fromMin: minuteOfDay, toMin: minuteOfDay })
  .refine((s) => s.fromMin < s.toMin, { path: ['toMin'] });
/** In order and apart: segments that overlap would count the same minute twice. */
export const segmentsSchema = z
  .array(segmentSchema)
  .max(8)
  .refine((list) => list.every((s, i) => i === 0 || s.fromMin >= (list[i - 1]?.toMin ?? 0)));
const daySchema = z
  .string()
  .regex(/^20\d{2}-\d{2}-\d{2}$/)
  .refine((day) => {
    const ms = Date.parse(`${day}T00:00:00Z`);
    return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
  });

const yearSchema = z.object({
  year: z.number().int(),
  source: z.string(),
  /** Comes with the platform; a town's own entry of the same year goes before it. */
  builtIn: z.boolean(),
});
export const calendarDaySchema = z.object({
  day: daySchema,
  kind: z.enum(['off', 'work']),
  name: z.string(),
  segments: segmentsSchema.nullable(),
  /** The town's own, or of the published holidays. */
  own: z.boolean(),
});
export type CalendarDay = z.infer<typeof calendarDaySchema>;
/** A year whose holidays nobody entered: working time in it is reckoned by weekdays alone. */
export const calendarWarningSchema = z.object({
  year: z.number().int(),
  /** `now`: clocks reach it already, or it begins within two months. */
  urgency: z.enum(['soon', 'now']),
  message: bilingual,
});
export type CalendarWarning = z.infer<typeof calendarWarningSchema>;

export const readCalendar = defineRoute({
  method: 'GET',
  path: '/api/incidents/calendar',
  summary: 'Working calendar: week, published years, special days, and which years are missing',
  access: 'session',
  query: z.object({ year: z.coerce.number().int().min(2000).max(2099).optional() }),
  response: z.object({
    zone: z.string(),
    year: z.number().int(),
    /** Monday first. */
    weekly: z.array(segmentsSchema).length(7),
    years: z.array(yearSchema),
    /** Of the year asked for. */
    days: z.array(calendarDaySchema),
    workdays: z.number().int(),
    warnings: z.array(calendarWarningSchema),
    recompute: recomputeSchema.nullable(),
  }),
});
export const saveWeek = defineRoute({
  method: 'PUT',
  path: '/api/incidents/calendar/week',
  summary: 'Set the working hours of the week; open clocks follow',
  access: { permission: 'incidents.edit-categories' },
  body: z.object({
    weekly: z
      .array(segmentsSchema)
      .length(7)
      .refine((week) => week.some((segments) => segments.length > 0)),
  }),
  response: z.object({ weekly: z.array(segmentsSchema) }),
});
/** One day of the town's own: off, worked, or worked at other hours; `null` takes it back. */
export const saveDay = defineRoute({
  method: 'PUT',
  path: '/api/incidents/calendar/days/:day',
  summary: 'Set a special day, or take it back; open clocks follow',
  access: { permission: 'incidents.edit-categories' },
  params: z.object({ day: daySchema }),
  body: z.object({
    rule: z
      .object({
        kind: z.enum(['off', 'work']),
        name: textSchema(60),
        segments: segmentsSchema.nullable().default(null),
      })
      .nullable(),
  }),
  response: z.object({ day: daySchema }),
});
export const saveYear = defineRoute({
  method: 'PUT',
  path: '/api/incidents/calendar/years/:year',
  summary: 'Enter the published holidays and make-up workdays of a year; open clocks follow',
  access: { permission: 'incidents.edit-categories' },
  params: z.object({ year: z.coerce.number().int().min(2000).max(2099) }),
  body: z.object({
    source: textSchema(200),
    off: z.array(z.object({ from: daySchema, to: daySchema, name: textSchema(60) })).max(40),
    work: z.array(daySchema).max(60),
  }),
  response: yearSchema,
});

/** Why a clock stands: for the reporter's answer, by approval, until an answer is verified, with the county. */
export const pauseReasonNames = ['reporter', 'suspension', 'responded', 'county'] as const;

/** One clock of an incident or of one of its orders. */
export const clockSchema = z.object({
  id: idSchema,
  phase: z.enum(clockPhaseNames),
  orderId: idSchema.nullable(),
  startMs: timeMs,
  minutes: z.number().int(),
  mode: modeSchema,
  /** Null while it stands. */
  deadlineMs: timeMs.nullable(),
  state: z.enum(['running', 'warning', 'overdue', 'paused', 'met', 'missed']),
  /** Of its own time, negative when overdue. */
  leftMs: z.number().int(),
  pauses: z.array(
    z.object({
      fromMs: timeMs,
      toMs: timeMs.nullable(),
      untilMs: timeMs.nullable(),
      why: z.enum(pauseReasonNames),
    }),
  ),
  extensions: z.array(
    z.object({ ms: z.number().int(), atMs: timeMs, askedBy: z.string(), approvedBy: z.string(), reason: z.string() }),
  ),
  /** Years in its span whose holidays are not known. */
  unknownYears: z.array(z.number().int()),
  /** The last time that people were told, and whether somebody answered for it. */
  toldAtMs: timeMs.nullable(),
  reminders: z.number().int(),
  acknowledgedAtMs: timeMs.nullable(),
  acknowledgedBy: z.string().nullable(),
  /** The next level, while nobody acknowledged. */
  next: z.object({ atMs: timeMs, act: z.enum(['remind', 'supervise', 'escalate']) }).nullable(),
});
export type IncidentClock = z.infer<typeof clockSchema>;
export const supervisionSchema = z.object({
  id: idSchema,
  atMs: timeMs,
  byName: z.string(),
  reason: z.string(),
  /** Until when an answer is asked for; null for those of the ladder, which goes on by itself. */
  answerByMs: timeMs.nullable(),
  answeredAtMs: timeMs.nullable(),
  answeredBy: z.string().nullable(),
  answer: z.string().nullable(),
});
const clocksAnswer = z.object({
  clocks: z.array(clockSchema),
  supervisions: z.array(supervisionSchema),
  /** What the person who asks may do with them now. */
  may: z.object({ acknowledge: z.boolean(), pause: z.boolean(), resume: z.boolean(), answer: z.boolean() }),
});
export type IncidentClocks = z.infer<typeof clocksAnswer>;
const ofIncident = z.object({ id: idSchema });

export const readClocks = defineRoute({
  method: 'GET',
  path: '/api/incidents/:id/clocks',
  summary: 'Clocks of an incident and its orders, with pauses, extensions and reminders',
  access: { permission: 'incidents.read' },
  params: ofIncident,
  response: clocksAnswer,
});
/** Somebody takes notice: reminders stop and nothing escalates further. */
export const acknowledgeClocks = defineRoute({
  method: 'POST',
  path: '/api/incidents/:id/acknowledge',
  summary: 'Acknowledge the reminders of an incident',
  access: { permission: 'incidents.acknowledge' },
  params: ofIncident,
  body: z.object({ clientKey: idSchema.optional() }),
  response: clocksAnswer,
});
/** While the reporter's answer is awaited; `untilMs` ends it by itself. */
export const pauseClocks = defineRoute({
  method: 'POST',
  path: '/api/incidents/:id/pause',
  summary: 'Pause the clock while waiting for the reporter',
  access: { permission: 'incidents.decide' },
  params: ofIncident,
  body: z.object({ clientKey: idSchema.optional(), reason: textSchema(500), untilMs: timeMs.optional() }),
  response: clocksAnswer,
});
export const resumeClocks = defineRoute({
  method: 'POST',
  path: '/api/incidents/:id/resume',
  summary: 'Let a paused clock go on',
  access: { permission: 'incidents.decide' },
  params: ofIncident,
  body: z.object({ clientKey: idSchema.optional(), reason: textSchema(500).optional() }),
  response: clocksAnswer,
});
export const answerSupervision = defineRoute({
  method: 'POST',
  path: '/api/incidents/:id/supervision',
  summary: 'Answer a supervision (督办); also acknowledges',
  access: { permission: 'incidents.acknowledge' },
  params: ofIncident,
  body: z.object({ clientKey: idSchema.optional(), answer: textSchema(1000) }),
  response: clocksAnswer,
});

/** Limits, levels or the calendar changed, or open clocks followed: whoever shows deadlines loads them anew. */
export const clocksRecomputed = defineEvent({
  type: 'incidents.clocks-recomputed',
  payload: z.object({}),
  live: true,
});
