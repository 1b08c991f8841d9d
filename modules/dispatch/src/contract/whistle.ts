/** Whistle and report-in: departments called to a place, who came, and how the town found them. */
import { defineEvent, defineRoute, flagQuery, idSchema, placeSchema, textSchema, timeMs } from '@wangge/contract-kit';
import { phoneTimeSchema } from '@wangge/incidents/contract';
import { z } from 'zod';

export const whistleStates = {
  asked: { zh: '申请吹哨', en: 'Asked for' },
  sounded: { zh: '已吹哨', en: 'Sounded' },
  declined: { zh: '未同意', en: 'Declined' },
  ended: { zh: '已结束', en: 'Ended' },
} as const;
export type WhistleState = keyof typeof whistleStates;
export const whistleStateNames = Object.keys(whistleStates) as [WhistleState, ...WhistleState[]];

/** What a called department is, now: `late` is still awaited past the time, `present-late` came after it. */
export const presences = {
  awaited: { zh: '待报到', en: 'Awaited' },
  late: { zh: '超时未到', en: 'Late' },
  present: { zh: '按时报到', en: 'Present in time' },
  'present-late': { zh: '迟到', en: 'Present, late' },
  absent: { zh: '缺席', en: 'Absent' },
} as const;
export type Presence = keyof typeof presences;
export const presenceNames = Object.keys(presences) as [Presence, ...Presence[]];

/** Lines of the timeline are `whistle:<move>`. */
export const whistleMoves = {
  ask: { zh: '申请吹哨', en: 'Whistle asked for' },
  sound: { zh: '吹哨', en: 'Whistle' },
  decline: { zh: '未同意吹哨', en: 'Whistle declined' },
  'report-in': { zh: '现场报到', en: 'Reported in' },
  word: { zh: '确认到场', en: 'Presence confirmed' },
  late: { zh: '超时未报到', en: 'Late at the whistle' },
  end: { zh: '结束吹哨', en: 'Whistle ended' },
  rate: { zh: '评价到场部门', en: 'Department rated' },
} as const;
export type WhistleMove = keyof typeof whistleMoves;

const mark = z.number().int().min(1).max(5);
const ratingFields = { attitude: mark, speed: mark, result: mark };
const callSchema = z.object({
  departmentId: idSchema,
  departmentName: z.string(),
  presence: z.enum(presenceNames),
  presentAtMs: timeMs.nullable(),
  /** By the own position, or by the word of the town. */
  how: z.enum(['position', 'word']).nullable(),
  presentName: z.string().nullable(),
  /** Metres from the place; null by word. */
  distanceM: z.number().int().nullable(),
  rating: z.object({ ...ratingFields, words: z.string().nullable(), byName: z.string(), atMs: timeMs }).nullable(),
  /** The one who asks works there. */
  mine: z.boolean(),
});
export type WhistleCall = z.infer<typeof callSchema>;

export const whistleSchema = z.object({
  id: idSchema,
  incidentId: idSchema,
  incidentNumber: z.string(),
  state: z.enum(whistleStateNames),
  askedByName: z.string().nullable(),
  askedAtMs: timeMs.nullable(),
  askedReason: z.string().nullable(),
  soundedByName: z.string().nullable(),
  soundedAtMs: timeMs.nullable(),
  limitMin: z.number().int().nullable(),
  dueAtMs: timeMs.nullable(),
  /** Where to come; null while it is only asked for. */
  place: placeSchema.nullable(),
  meetingPoint: z.string().nullable(),
  radiusM: z.number().int().nullable(),
  task: z.string().nullable(),
  declinedReason: z.string().nullable(),
  endedAtMs: timeMs.nullable(),
  calls: z.array(callSchema),
  /** What the person who asks may do with it now. */
  may: z.object({ decide: z.boolean(), reportIn: z.boolean(), word: z.boolean(), end: z.boolean(), rate: z.boolean() }),
});
export type Whistle = z.infer<typeof whistleSchema>;

const ofIncident = z.object({ id: idSchema });
const ofWhistle = z.object({ id: idSchema });
const key = { clientKey: idSchema.optional() };
const answer = z.object({ whistle: whistleSchema });
/** Minutes of calendar time: who is called comes now, not in working hours. */
const terms = {
  departmentIds: z.array(idSchema).min(1).max(20),
  limitMin: z.number().int().min(1).max(1440),
  radiusM: z.number().int().min(20).max(5000).default(200),
  /** Instead of the incident's own place. */
  place: placeSchema.optional(),
  meetingPoint: textSchema(200).optional(),
  task: textSchema(500).optional(),
};

export const listWhistles = defineRoute({
  method: 'GET',
  path: '/api/dispatch/incidents/:id/whistles',
  summary: 'Whistles of an incident, newest first',
  access: { permission: 'dispatch.read' },
  params: ofIncident,
  response: z.object({ whistles: z.array(whistleSchema) }),
});
export const soundWhistle = defineRoute({
  method: 'POST',
  path: '/api/dispatch/incidents/:id/whistles',
  summary: 'Call departments to the place of an incident; each gets an order that assists',
  access: { permission: 'dispatch.whistle' },
  params: ofIncident,
  body: z.object({ ...key, ...terms }),
  response: answer,
});
export const askWhistle = defineRoute({
  method: 'POST',
  path: '/api/dispatch/incidents/:id/whistle-requests',
  summary: 'Ask the town for a whistle',
  access: { permission: 'dispatch.ask-whistle' },
  params: ofIncident,
  body: z.object({ ...key, reason: textSchema(500) }),
  response: answer,
});
export const decideWhistle = defineRoute({
  method: 'POST',
  path: '/api/dispatch/whistles/:id/decision',
  summary: 'Sound a whistle that somebody asked for, or decline it',
  access: { permission: 'dispatch.whistle' },
  params: ofWhistle,
  body: z.discriminatedUnion('granted', [
    z.object({ granted: z.literal(true), ...key, ...terms }),
    z.object({ granted: z.literal(false), ...key, reason: textSchema(500) }),
  ]),
  response: answer,
});
/** My departments are called and the whistle is not ended; what I asked for and is not decided. */
export const listMyWhistles = defineRoute({
  method: 'GET',
  path: '/api/dispatch/whistles',
  summary: 'Whistles that call my department now',
  access: { permission: 'dispatch.read' },
  query: z.object({ ended: flagQuery }),
  response: z.object({ whistles: z.array(whistleSchema) }),
});
/** The place must be measured well enough and near enough; `guard-failed` says how far it is. */
export const reportIn = defineRoute({
  method: 'POST',
  path: '/api/dispatch/whistles/:id/report-in',
  summary: 'Report in at the place by position',
  access: { permission: 'dispatch.report-in' },
  params: ofWhistle,
  body: z.object({ ...key, place: placeSchema, phone: phoneTimeSchema.optional() }),
  response: answer,
});
export const confirmPresence = defineRoute({
  method: 'POST',
  path: '/api/dispatch/whistles/:id/presence',
  summary: 'A department is here, by the word of the town',
  access: { permission: 'dispatch.whistle' },
  params: ofWhistle,
  body: z.object({ ...key, departmentId: idSchema, name: textSchema(60) }),
  response: answer,
});
export const endWhistle = defineRoute({
  method: 'POST',
  path: '/api/dispatch/whistles/:id/end',
  summary: 'End a whistle: who has not come is absent',
  access: { permission: 'dispatch.whistle' },
  params: ofWhistle,
  body: z.object({ ...key, reason: textSchema(500).optional() }),
  response: answer,
});
export const rateDepartment = defineRoute({
  method: 'POST',
  path: '/api/dispatch/whistles/:id/ratings',
  summary: 'Rate a department after the whistle, once',
  access: { permission: 'dispatch.whistle' },
  params: ofWhistle,
  body: z.object({ ...key, departmentId: idSchema, ...ratingFields, words: textSchema(200).optional() }),
  response: answer,
});

export const whistleFiguresSchema = z.object({
  departmentId: idSchema,
  departmentName: z.string(),
  asked: z.number().int(),
  /** Time is not over yet, and it has not come yet. */
  awaited: z.number().int(),
  inTime: z.number().int(),
  late: z.number().int(),
  absent: z.number().int(),
  /** From the whistle to the report-in; null when it never came. */
  medianMin: z.number().nullable(),
  rated: z.number().int(),
  attitude: z.number().nullable(),
  speed: z.number().nullable(),
  result: z.number().nullable(),
});
export type WhistleFigures = z.infer<typeof whistleFiguresSchema>;
export const readWhistleFigures = defineRoute({
  method: 'GET',
  path: '/api/dispatch/whistle-figures',
  summary: 'How departments answer whistles, of a span of time; a department sees its own',
  access: { permission: 'dispatch.whistle-figures' },
  query: z.object({ fromMs: z.coerce.number().int().optional(), toMs: z.coerce.number().int().optional() }),
  response: z.object({ departments: z.array(whistleFiguresSchema) }),
});

export const whistleChanged = defineEvent({
  type: 'dispatch.whistle-changed',
  payload: z.object({ whistleId: idSchema, incidentId: idSchema, move: z.string() }),
  live: true,
});
