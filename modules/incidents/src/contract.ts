/** What the incidents module offers over HTTP: categories, reporting, lists, counts, moves, timeline. */
import {
  defineEvent,
  defineRoute,
  flagQuery,
  idSchema,
  langSchema,
  listQuery,
  pageOf,
  pageQuery,
  placeSchema,
  textSchema,
  timeMs,
  wordsQuery,
} from '@wangge/contract-kit';
import { z } from 'zod';
import { cellQuery, incidentCellsSchema, withinQuery } from './contract/cells.ts';
import { exportColumnNames, exportFormats } from './contract/export.ts';
import { byPhoneSchema, phoneTimeSchema } from './contract/phone-time.ts';
import { photoSchema } from './contract/photo.ts';
import { releaseBody, releaseSchema } from './contract/release.ts';
import { incidentMoveNames, incidentSourceNames, incidentStateNames, severityNames } from './states.ts';

export * from './contract/county.ts';
export * from './contract/cell-grid.ts';
export * from './contract/categories.ts';
export type { IncidentCell } from './contract/cells.ts';
export * from './contract/clocks.ts';
export * from './contract/duplicates.ts';
export * from './contract/export.ts';
export * from './contract/phone-time.ts';
export * from './contract/photo.ts';
export * from './contract/rates.ts';
export * from './contract/presence.ts';
export * from './contract/release.ts';
export * from './contract/saved-filters.ts';
export * from './contract/suggest.ts';
export * from './states.ts';

/** One row of a list. */
export const incidentRowSchema = z.object({
  id: idSchema,
  /** Shown to people: `20261122-000123`. */
  number: z.string(),
  state: z.enum(incidentStateNames),
  source: z.enum(incidentSourceNames),
  severity: z.enum(severityNames),
  categoryCode: z.string(),
  /** First words of the description. */
  summary: z.string(),
  place: placeSchema.nullable(),
  address: z.string().nullable(),
  areaId: idSchema.nullable(),
  areaName: z.string().nullable(),
  areaPath: z.string(),
  reportedAtMs: timeMs,
  updatedAtMs: timeMs,
  deadlineMs: timeMs.nullable(),
  /** `warning` from 80 % of the limit on, `overdue` past it; null once stopped in time. */
  clock: z.enum(['running', 'warning', 'overdue']).nullable(),
  closedAtMs: timeMs.nullable(),
  photoCount: z.number().int(),
  reporterCount: z.number().int(),
  supervised: z.boolean(),
  /** Told of registered ones in lists and details: somebody was asked to handle it and has not taken it yet. */
  offered: z.boolean().optional(),
  /** Told of those that were split: how many parts there are, how many are answered. */
  parts: z.object({ done: z.number().int(), total: z.number().int() }).optional(),
  version: z.number().int(),
});
export type IncidentRow = z.infer<typeof incidentRowSchema>;

export const historyEntrySchema = z.object({
  id: idSchema,
  atMs: timeMs,
  /** Move of the incident, `order:<move>` of an order, or `note`. */
  move: z.string(),
  fromState: z.string().nullable(),
  toState: z.string().nullable(),
  actorName: z.string(),
  reason: z.string().nullable(),
  orderId: idSchema.nullable(),
  partyName: z.string().nullable(),
  photos: z.array(photoSchema),
  /** Where `atMs` rests on the word of a phone that was out of reach. */
  byPhone: byPhoneSchema.optional(),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

const ratingSchema = z.object({
  response: z.number().int(),
  resolved: z.boolean(),
  satisfied: z.number().int(),
  text: z.string().nullable(),
});
export const incidentSchema = incidentRowSchema.extend({
  description: z.string(),
  /** Masked unless revealed. Null when anonymous or gone. */
  reporterPhone: z.string().nullable(),
  anonymous: z.boolean(),
  reportedAreaId: idSchema.nullable(),
  reportedAreaName: z.string().nullable(),
  mergedInto: idSchema.nullable(),
  /** The newest, which counts. */
  rating: ratingSchema.nullable(),
  /** Told where there are any: of earlier closings, newest first. */
  formerRatings: z.array(ratingSchema.extend({ atMs: timeMs })).optional(),
  photos: z.array(photoSchema),
  timeline: z.array(historyEntrySchema),
  release: releaseSchema,
  /** What the person who asks may do now; the console draws these buttons and no others. */
  moves: z.array(z.enum(incidentMoveNames)),
});
export type Incident = z.infer<typeof incidentSchema>;

export const incidentFilter = z.object({
  /** Area whose subtree is meant. */
  areaId: idSchema.optional(),
  state: listQuery(incidentStateNames),
  /** Any state that is still open. */
  open: flagQuery,
  category: wordsQuery,
  source: listQuery(incidentSourceNames),
  severity: listQuery(severityNames),
  clock: listQuery(['running', 'warning', 'overdue']),
  /** Reported from (inclusive) until (exclusive). */
  fromMs: z.coerce.number().int().optional(),
  toMs: z.coerce.number().int().optional(),
  /** Every word of two or more characters must occur in description, address or number. */
  q: z.string().max(100).optional(),
  mine: flagQuery,
});
export type IncidentFilter = z.infer<typeof incidentFilter>;

export const listIncidents = defineRoute({
  method: 'GET',
  path: '/api/incidents',
  summary: 'Incidents within the own scope, newest first',
  access: { permission: 'incidents.read' },
  query: incidentFilter.extend(pageQuery.shape),
  response: pageOf(incidentRowSchema),
  cachedUntil: ['incidents.changed', 'areas.changed', 'incidents.clocks-recomputed'],
});
/** Everything that the list would show, as a file; what telephones and anonymous reports hide stays hidden. */
export const exportIncidents = defineRoute({
  method: 'GET',
  path: '/api/incidents/export',
  summary: 'Incidents within the own scope as CSV or XLSX, newest first',
  access: { permission: 'incidents.export' },
  query: incidentFilter.extend({
    format: z.enum(exportFormats),
    /** All, unless told. */
    columns: listQuery(exportColumnNames),
    lang: langSchema.default('zh'),
  }),
  response: z.unknown(),
  file: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
});
/** Everything open with a place within the own scope, for the map: few fields, up to 5,000. */
export const mapIncidents = defineRoute({
  method: 'GET',
  path: '/api/incidents/map',
  summary: 'Open incidents for the map',
  access: { permission: 'incidents.read' },
  query: incidentFilter.extend({ within: withinQuery }),
  response: z.object({
    truncated: z.boolean(),
    points: z.array(
      z.object({
        id: idSchema,
        lon: z.number(),
        lat: z.number(),
        state: z.enum(incidentStateNames),
        severity: z.enum(severityNames),
        clock: z.enum(['running', 'warning', 'overdue']).nullable(),
      }),
    ),
  }),
  cachedUntil: ['incidents.changed', 'areas.changed', 'incidents.clocks-recomputed'],
});
/**
 * Where incidents are, as numbers by cell of the map: of those open, or of all reported in a time of at most two
 * years. What is anonymous counts where the caller may see it: at its place, or in the middle of its area.
 */
export const incidentCells = defineRoute({
  method: 'GET',
  path: '/api/incidents/cells',
  summary: 'Incidents within the own scope counted by cell of the map',
  access: { permission: 'incidents.read' },
  query: incidentFilter.extend(cellQuery),
  response: incidentCellsSchema,
  cachedUntil: ['incidents.changed', 'areas.changed', 'incidents.clocks-recomputed'],
});
/** Counts for the tiles above the list, from the roll-up. */
export const countIncidents = defineRoute({
  method: 'GET',
  path: '/api/incidents/counts',
  summary: 'Counts by state, source, category and day within the own scope',
  access: { permission: 'incidents.read' },
  query: z.object({
    areaId: idSchema.optional(),
    fromMs: z.coerce.number().int().optional(),
    toMs: z.coerce.number().int().optional(),
  }),
  response: z.object({
    total: z.number().int(),
    open: z.number().int(),
    overdue: z.number().int(),
    /** Share of closed among all that are neither open nor withdrawn/merged, 0–1; null when none. */
    closingRate: z.number().nullable(),
    byState: z.record(z.string(), z.number().int()),
    bySource: z.record(z.string(), z.number().int()),
    byCategory: z.record(z.string(), z.number().int()),
    byDay: z.array(z.object({ day: z.string(), reported: z.number().int(), closed: z.number().int() })),
  }),
  cachedUntil: ['incidents.changed', 'areas.changed', 'incidents.clocks-recomputed'],
});
export const getIncident = defineRoute({
  method: 'GET',
  path: '/api/incidents/:id',
  summary: 'One incident with timeline and photos',
  access: { permission: 'incidents.read' },
  params: z.object({ id: idSchema }),
  response: incidentSchema,
});

/** By a member in the field or a dispatcher on the telephone. Idempotent by `clientKey`. */
export const reportIncident = defineRoute({
  method: 'POST',
  path: '/api/incidents',
  summary: 'Report an incident',
  access: { permission: 'incidents.report' },
  body: z.object({
    clientKey: idSchema,
    categoryCode: z.string().max(40),
    description: textSchema(2000),
    place: placeSchema.optional(),
    address: textSchema(200).optional(),
    /** Where no exact place is known. */
    areaId: idSchema.optional(),
    severity: z.enum(severityNames).optional(),
    photoIds: z.array(idSchema).max(9).default([]),
    /** Dispatcher on the telephone: the caller's number. */
    reporterPhone: z
      .string()
      .regex(/^\+?[0-9-]{5,20}$/)
      .optional(),
    /** A member who settles it on the spot (自处). */
    selfHandled: z.boolean().default(false),
    /** Phone's clock when it was written, for offline reports. */
    writtenAtMs: timeMs.optional(),
    /** When it was sent off by its author, where that may have been out of reach. */
    phone: phoneTimeSchema.optional(),
    /** What its author was shown and said is the same thing: joins it, with a receipt of its own. */
    sameAs: idSchema.optional(),
  }),
  response: z.object({
    id: idSchema,
    number: z.string(),
    state: z.enum(incidentStateNames),
    areaId: idSchema.nullable(),
    replayed: z.boolean(),
  }),
});

/** Which moves take which facts. The version guards against a stale edit; the key against doing it twice. */
const base = { version: z.number().int(), clientKey: idSchema.optional() };
const reasoned = { ...base, reason: textSchema(500) };
export const moveBody = z.discriminatedUnion('move', [
  z.object({ move: z.literal('accept'), ...base }),
  z.object({ move: z.literal('reject'), ...reasoned }),
  z.object({ move: z.literal('withdraw'), ...reasoned }),
  z.object({
    move: z.literal('register'),
    ...base,
    categoryCode: z.string().max(40).optional(),
    severity: z.enum(severityNames).optional(),
  }),
  z.object({ move: z.literal('merge'), ...reasoned, targetId: idSchema }),
  z.object({ move: z.literal('unmerge'), ...reasoned }),
  z.object({ move: z.literal('rework'), ...reasoned }),
  z.object({ move: z.literal('close'), ...base, reason: textSchema(500).optional() }),
  z.object({ move: z.literal('ask-reopen'), ...reasoned }),
  z.object({ move: z.literal('grant-reopen'), ...reasoned }),
  z.object({ move: z.literal('refuse-reopen'), ...reasoned }),
  z.object({
    move: z.literal('supervise'),
    ...reasoned,
    /** Until when it is to be answered; one working day where not said. */
    answerByMs: timeMs.optional(),
  }),
  z.object({ move: z.literal('raise-severity'), ...reasoned, severity: z.enum(severityNames) }),
  z.object({ move: z.literal('change-category'), ...reasoned, categoryCode: z.string().max(40) }),
  z.object({
    move: z.literal('change-place'),
    ...reasoned,
    place: placeSchema,
    address: textSchema(200).optional(),
  }),
  z.object({ move: z.literal('escalate'), ...reasoned }),
  z.object({ move: z.literal('take-back'), ...reasoned }),
]);
export type MoveBody = z.infer<typeof moveBody>;

export const moveIncident = defineRoute({
  method: 'POST',
  path: '/api/incidents/:id/moves',
  summary: 'Move an incident along its workflow',
  access: { permission: 'incidents.move' },
  params: z.object({ id: idSchema }),
  body: moveBody,
  response: incidentSchema,
});
export const addNote = defineRoute({
  method: 'POST',
  path: '/api/incidents/:id/notes',
  summary: 'Add a note (and photos) to the timeline',
  access: { permission: 'incidents.read' },
  params: z.object({ id: idSchema }),
  body: z.object({
    clientKey: idSchema.optional(),
    text: textSchema(1000),
    photoIds: z.array(idSchema).max(9).default([]),
  }),
  response: incidentSchema,
});
export const revealReporter = defineRoute({
  method: 'POST',
  path: '/api/incidents/:id/reporter',
  summary: "Show the reporter's telephone number, for a stated purpose",
  access: { permission: 'incidents.reveal-reporter' },
  params: z.object({ id: idSchema }),
  body: z.object({ purpose: textSchema(200) }),
  response: z.object({ phone: z.string().nullable() }),
});

/**
 * Shows a text written for the public, and chosen photos, to everybody (Open311), or takes them back.
 * Refused with `guard-failed` (`public-category`) where the category is not public.
 */
export const releaseIncident = defineRoute({
  method: 'POST',
  path: '/api/incidents/:id/release',
  summary: 'Release a text and photos to the public, or take them back',
  access: { permission: 'incidents.release' },
  params: z.object({ id: idSchema }),
  body: releaseBody,
  response: incidentSchema,
});

/** Something about an incident changed: fields, state, orders or timeline. */
export const incidentChanged = defineEvent({
  type: 'incidents.changed',
  payload: z.object({ incidentId: idSchema, move: z.string() }),
  live: true,
});
