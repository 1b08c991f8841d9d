/** Patrols on foot: routes, the rounds of a day, checking in at points. */
import {
  defineEvent,
  defineRoute,
  flagQuery,
  idSchema,
  placeSchema,
  roleSchema,
  textSchema,
  timeMs,
} from '@wangge/contract-kit';
import { phoneTimeSchema, photoSchema } from '@wangge/incidents/contract';
import { z } from 'zod';

/** `done` in time; `missed`: the time is over and nobody was there. */
export const pointStates = {
  waiting: { zh: '待签到', en: 'To do' },
  done: { zh: '已签到', en: 'Checked in' },
  missed: { zh: '漏签', en: 'Missed' },
  'called-off': { zh: '已取消', en: 'Called off' },
} as const;
export type PointState = keyof typeof pointStates;
export const roundStates = {
  upcoming: { zh: '未开始', en: 'Not begun' },
  open: { zh: '进行中', en: 'Under way' },
  complete: { zh: '已完成', en: 'Complete' },
  missed: { zh: '有漏签', en: 'Points missed' },
  'called-off': { zh: '已取消', en: 'Called off' },
} as const;
export type RoundState = keyof typeof roundStates;
export const checkInHows = {
  position: { zh: '定位签到', en: 'By position' },
  photo: { zh: '拍照签到', en: 'By photo' },
} as const;
export type CheckInHow = keyof typeof checkInHows;

export const mostPoints = 50;
/** A position that may be wrong by more says little about who is here. */
export const worstAccuracyM = 100;
const daySchema = z.iso.date();

const pointPlanSchema = z.object({
  name: textSchema(60),
  place: placeSchema.omit({ accuracyM: true }),
  /** Metres within which a position counts. */
  radiusM: z.number().int().min(10).max(500).default(50),
  task: textSchema(200).nullable().default(null),
});
export type PointPlan = z.output<typeof pointPlanSchema>;
/** `working`: workdays of the town's calendar, make-up workdays included. Monday is 1. */
export const patrolDaysSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('working') }),
  z.object({
    kind: z.literal('weekdays'),
    weekdays: z
      .array(z.number().int().min(1).max(7))
      .min(1)
      .max(7)
      .refine((list) => new Set(list).size === list.length),
  }),
]);
export type PatrolDays = z.output<typeof patrolDaysSchema>;

const plan = {
  name: textSchema(60),
  days: patrolDaysSchema,
  /** Minutes of the town's day. An end before the beginning is of the next day: from 22:00 to 02:00. */
  fromMin: z.number().int().min(0).max(1439),
  toMin: z.number().int().min(1).max(1440),
  /** Null: every member with a post in the area. */
  accountId: idSchema.nullable(),
  points: z.array(pointPlanSchema).min(1).max(mostPoints),
};
const isSpan = (p: { readonly fromMin: number; readonly toMin: number }): boolean => p.fromMin !== p.toMin;
const planSchema = z.object(plan);
export type RoutePlan = z.output<typeof planSchema>;

export const patrolRouteSchema = planSchema.extend({
  id: idSchema,
  version: z.number().int(),
  areaId: idSchema,
  areaName: z.string(),
  /** Null where everybody of the area walks. */
  accountName: z.string().nullable(),
  changedAtMs: timeMs,
  changedByName: z.string(),
  endedAtMs: timeMs.nullable(),
});
export type PatrolRoute = z.infer<typeof patrolRouteSchema>;

export const roundPointSchema = z.object({
  n: z.number().int(),
  name: z.string(),
  place: placeSchema,
  radiusM: z.number().int(),
  task: z.string().nullable(),
  state: z.enum(['waiting', 'done', 'missed', 'called-off']),
  doneAtMs: timeMs.nullable(),
  how: z.enum(['position', 'photo']).nullable(),
  /** Time by the phone's word. */
  byPhone: z.boolean(),
  /** A point that comes before it was checked in later. */
  outOfOrder: z.boolean(),
  distanceM: z.number().int().nullable(),
  reason: z.string().nullable(),
  photos: z.array(photoSchema),
  /** Where the person was; only when one round is looked at, and for thirty days. */
  measured: placeSchema.nullable(),
});
export type RoundPoint = z.infer<typeof roundPointSchema>;
export const roundSchema = z.object({
  id: idSchema,
  routeId: idSchema,
  routeName: z.string(),
  areaId: idSchema,
  areaName: z.string(),
  day: daySchema,
  accountId: idSchema,
  accountName: z.string(),
  startsAtMs: timeMs,
  endsAtMs: timeMs,
  state: z.enum(['upcoming', 'open', 'complete', 'missed', 'called-off']),
  points: z.array(roundPointSchema),
});
export type Round = z.infer<typeof roundSchema>;
const ofRoute = z.object({ id: idSchema });

export const listPatrolRoutes = defineRoute({
  method: 'GET',
  path: '/api/patrols/routes',
  summary: 'Routes of patrols in the areas that one leads',
  access: { permission: 'patrols.read' },
  query: z.object({ ended: flagQuery }),
  response: z.object({ routes: z.array(patrolRouteSchema) }),
});
/** The key becomes the route's identifier, so that the same click again makes no second one. */
export const createPatrolRoute = defineRoute({
  method: 'POST',
  path: '/api/patrols/routes',
  summary: 'Make a route; rounds begin today',
  access: { permission: 'patrols.edit' },
  body: z.object({ clientKey: idSchema, areaId: idSchema, ...plan }).refine(isSpan, { path: ['toMin'] }),
  response: z.object({ route: patrolRouteSchema }),
});
export const changePatrolRoute = defineRoute({
  method: 'PUT',
  path: '/api/patrols/routes/:id',
  summary: 'Change a route; rounds that have begun stay as they were',
  access: { permission: 'patrols.edit' },
  params: ofRoute,
  body: z.object({ version: z.number().int(), ...plan }).refine(isSpan, { path: ['toMin'] }),
  response: z.object({ route: patrolRouteSchema }),
});
export const endPatrolRoute = defineRoute({
  method: 'POST',
  path: '/api/patrols/routes/:id/end',
  summary: 'End a route; its open rounds are called off',
  access: { permission: 'patrols.edit' },
  params: ofRoute,
  response: z.object({ route: patrolRouteSchema }),
});
export const listWalkers = defineRoute({
  method: 'GET',
  path: '/api/patrols/walkers',
  summary: 'Who may walk the routes of an area',
  access: { permission: 'patrols.edit' },
  query: z.object({ areaId: idSchema }),
  response: z.object({
    walkers: z.array(
      z.object({
        accountId: idSchema,
        name: z.string(),
        role: roleSchema,
        areaName: z.string(),
        /** Walks where the route names nobody. */
        ofArea: z.boolean(),
      }),
    ),
  }),
});

const gridFiguresSchema = z.object({
  areaId: idSchema,
  areaName: z.string(),
  rounds: z.number().int(),
  points: z.number().int(),
  done: z.number().int(),
  missed: z.number().int(),
});
export type GridFigures = z.infer<typeof gridFiguresSchema>;
export const listRounds = defineRoute({
  method: 'GET',
  path: '/api/patrols/rounds',
  summary: 'Rounds of a day with their points, and figures by area; called-off rounds do not count',
  access: { permission: 'patrols.read' },
  /** Of a day, today where not said; or of the day of a round. */
  query: z.object({ day: daySchema.optional(), roundId: idSchema.optional() }),
  response: z.object({ day: daySchema, rounds: z.array(roundSchema), areas: z.array(gridFiguresSchema) }),
});
/** Leaves an entry in the audit trail where somebody else's round is looked at. */
export const readRound = defineRoute({
  method: 'GET',
  path: '/api/patrols/rounds/:id',
  summary: 'One round with the positions and photos of its check-ins',
  access: { permission: 'patrols.see-round' },
  params: z.object({ id: idSchema }),
  response: z.object({ round: roundSchema }),
});
export const listMyRounds = defineRoute({
  method: 'GET',
  path: '/api/patrols/my-rounds',
  summary: 'My rounds of today',
  access: { permission: 'patrols.walk' },
  response: z.object({ rounds: z.array(roundSchema) }),
});
const keyAndTime = { clientKey: idSchema, phone: phoneTimeSchema.optional() };
/** `guard-failed` says which: `own-time`, `not-done-yet`, `accurate-enough`, `near-enough` (with metres), `called-off`. */
export const checkIn = defineRoute({
  method: 'POST',
  path: '/api/patrols/rounds/:id/points/:n/check-in',
  summary: 'Check in at a point, once: by position, or by photo with a reason',
  access: { permission: 'patrols.walk' },
  params: z.object({ id: idSchema, n: z.coerce.number().int().min(1).max(mostPoints) }),
  body: z.discriminatedUnion('how', [
    z.object({ how: z.literal('position'), ...keyAndTime, place: placeSchema }),
    z.object({
      how: z.literal('photo'),
      ...keyAndTime,
      photoIds: z.array(idSchema).min(1).max(9),
      reason: textSchema(200),
      place: placeSchema.optional(),
    }),
  ]),
  response: z.object({ round: roundSchema }),
});

/** A route or a round of it changed. */
export const patrolsChanged = defineEvent({
  type: 'patrols.changed',
  payload: z.object({ routeId: idSchema, roundId: idSchema.nullable() }),
  live: true,
});
