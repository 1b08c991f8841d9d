/** Borders edited on the page: drafts, their steps, what each changes. */
import { defineEvent, defineRoute, idSchema, textSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';
import { areaSchema, findingSchema } from './shapes.ts';

/** Longitude and latitude in integer 1e-7 degrees: a corner is its position, whoever shares it. */
export const cornerSchema = z.tuple([
  z.number().int().min(-1_800_000_000).max(1_800_000_000),
  z.number().int().min(-900_000_000).max(900_000_000),
]);

export const areaEditSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('move-corners'),
    moves: z
      .array(z.object({ from: cornerSchema, to: cornerSchema }))
      .min(1)
      .max(500),
  }),
  z.object({ kind: z.literal('add-corner'), a: cornerSchema, b: cornerSchema, at: cornerSchema }),
  z.object({ kind: z.literal('remove-corner'), at: cornerSchema }),
  /** Along a line across the area, with all that it holds; the smaller side is the new area. */
  z.object({
    kind: z.literal('split'),
    areaId: idSchema,
    line: z.array(cornerSchema).min(2).max(200),
    name: textSchema(60),
  }),
  /** `otherId` ends and becomes part of `areaId`, its neighbour under the same parent. */
  z.object({ kind: z.literal('merge'), areaId: idSchema, otherId: idSchema }),
  /** Under another area of the parent's level; codes below follow. */
  z.object({ kind: z.literal('rehang'), areaId: idSchema, parentId: idSchema }),
]);
export type AreaEdit = z.infer<typeof areaEditSchema>;

/** Why an edit is refused (`guard-failed`, in `details.guard`). */
export const editGuards = [
  'no-such-corner',
  'no-such-border',
  'corner-taken',
  'outer-border',
  'borders-cross',
  'corner-needed',
  'line-does-not-cut',
  'line-unclear',
  'not-neighbours',
  'not-siblings',
  'one-divided',
  'wrong-level',
  'same-parent',
  'last-one',
  'codes-exhausted',
] as const;
export type EditGuard = (typeof editGuards)[number];

export const draftStepSchema = z.object({
  seq: z.number().int(),
  kind: z.enum(['move-corners', 'add-corner', 'remove-corner', 'split', 'merge', 'rehang']),
  /** Names of the areas that it is about; for a split the new one last. */
  names: z.array(z.string()),
  madeBy: z.string(),
  madeAtMs: timeMs,
  /** False: taken back, and can be done again. */
  done: z.boolean(),
});
export const draftSchema = z.object({
  id: idSchema,
  note: z.string(),
  /** Grows with every change; an edit of an older one is refused with `stale-edit`. */
  revision: z.number().int(),
  createdAtMs: timeMs,
  changedAtMs: timeMs,
  changedBy: z.string(),
  /** Comes into force then; until that is called off it cannot be edited. */
  effectiveAtMs: timeMs.nullable(),
  /** Something else came into force since it was made: it can be looked at, and never be published. */
  stale: z.boolean(),
  steps: z.array(draftStepSchema),
  /** Faults that the last check found, and whether nothing has changed since. */
  checked: z.object({ faults: z.number().int(), current: z.boolean() }).nullable(),
});
export type AreaDraft = z.infer<typeof draftSchema>;

const access = { permission: 'areas.edit' } as const;
const params = z.object({ id: idSchema });
const seen = z.object({ revision: z.number().int() });

export const listDrafts = defineRoute({
  method: 'GET',
  path: '/api/areas/drafts',
  summary: 'Drafts that are edited on the page, last changed first',
  access,
  response: z.object({ drafts: z.array(draftSchema) }),
});
export const startDraft = defineRoute({
  method: 'POST',
  path: '/api/areas/drafts',
  summary: 'Start a draft from the areas in force',
  access,
  body: z.object({ note: textSchema(200) }),
  response: draftSchema,
});
export const readDraft = defineRoute({
  method: 'GET',
  path: '/api/areas/drafts/:id',
  summary: 'A draft with its areas and shapes',
  access,
  params,
  response: z.object({
    draft: draftSchema,
    areas: z.array(areaSchema),
    /** Of villages and below; an area that holds no other is a tile, and tiles share every corner. */
    shapes: z.array(z.object({ areaId: idSchema, polygons: z.array(z.array(z.array(z.number().int()))) })),
  }),
});
/** `guard-failed` names one of `editGuards`; `stale-edit` says who was faster and when. */
export const editDraft = defineRoute({
  method: 'POST',
  path: '/api/areas/drafts/:id/edits',
  summary: 'Change borders or the tree in a draft',
  access,
  params,
  body: seen.extend({ edit: areaEditSchema }),
  response: draftSchema,
});
export const undoEdit = defineRoute({
  method: 'POST',
  path: '/api/areas/drafts/:id/undo',
  summary: 'Take the last step of a draft back',
  access,
  params,
  body: seen,
  response: draftSchema,
});
export const redoEdit = defineRoute({
  method: 'POST',
  path: '/api/areas/drafts/:id/redo',
  summary: 'Do a step again that was taken back',
  access,
  params,
  body: seen,
  response: draftSchema,
});
/** The very check that publishing makes. */
export const checkDraft = defineRoute({
  method: 'POST',
  path: '/api/areas/drafts/:id/check',
  summary: 'Check a draft for gaps, overlaps and other faults',
  access,
  params,
  response: z.object({ draft: draftSchema, findings: z.array(findingSchema) }),
});
/** A draft that waits for its date becomes a plain draft again. */
export const callOffDraft = defineRoute({
  method: 'POST',
  path: '/api/areas/versions/:id/call-off',
  summary: 'Call off the date from which a draft would be in force',
  access,
  params,
  response: z.object({ ok: z.literal(true) }),
});

/** What publishing a draft moves besides borders. */
export const movingSchema = z.object({
  /** The first of the open incidents that get another responsible area. */
  incidents: z.array(z.object({ id: idSchema, number: z.string(), from: z.string(), to: z.string() })),
  /** Posts whose area ends (they go to the one that takes its place) or changes what it belongs to. */
  posts: z.array(z.object({ name: z.string(), role: z.string(), from: z.string(), to: z.string() })),
  /** Signs whose area ends: whoever scans one comes to the area that lies there then. */
  signs: z.array(z.object({ token: z.string(), from: z.string(), to: z.string() })),
  /** New areas without anybody's post. */
  unstaffed: z.array(z.string()),
  figures: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      population: z.tuple([z.number().int().nullable(), z.number().int().nullable()]),
      households: z.tuple([z.number().int().nullable(), z.number().int().nullable()]),
    }),
  ),
});
export type Moving = z.infer<typeof movingSchema>;

/** A draft was changed, started or deleted. */
export const draftChanged = defineEvent({
  type: 'areas.draft-changed',
  payload: z.object({ versionId: idSchema }),
  live: true,
});
