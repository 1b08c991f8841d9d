/** What the areas module offers over HTTP: the tree of areas, their shapes, and versions of both. */
import { defineEvent, defineRoute, idSchema, pageOf, textSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';
import { movingSchema } from './contract/drafts.ts';
import { areaLevelSchema, areaSchema, findingSchema } from './contract/shapes.ts';

export * from './contract/drafts.ts';
export * from './contract/shapes.ts';

/** The tree of areas, parents before children, all levels: a few hundred rows in a town. */
export const listAreas = defineRoute({
  method: 'GET',
  path: '/api/areas',
  summary: 'The tree of areas',
  access: 'session',
  response: z.object({ versionId: idSchema.nullable(), areas: z.array(areaSchema) }),
});

/** A ring of positions `[lon, lat, lon, lat, …]` in integer 1e-7 degrees, closed. */
const flatRing = z.array(z.number().int());

/** Shapes for the map: `polygons` of an area are lists of rings, the first the shell. */
export const areaShapes = defineRoute({
  method: 'GET',
  path: '/api/areas/shapes',
  summary: 'Shapes of the areas of one level',
  access: 'session',
  query: z.object({ level: areaLevelSchema }),
  response: z.object({
    versionId: idSchema.nullable(),
    shapes: z.array(z.object({ areaId: idSchema, code: z.string(), polygons: z.array(z.array(flatRing)) })),
  }),
});

/** What the background map draws. Kinds of lines and surfaces are few on purpose. */
export const basemapKinds = ['water', 'river', 'road-main', 'road', 'building', 'poi'] as const;
export const basemap = defineRoute({
  method: 'GET',
  path: '/api/areas/basemap',
  summary: 'Water, roads, buildings and places for the background map',
  access: 'session',
  response: z.object({
    versionId: idSchema.nullable(),
    features: z.array(
      z.object({
        kind: z.enum(basemapKinds),
        name: z.string().nullable(),
        /** Point: one pair; line: one flat list; surface: rings. Integer 1e-7 degrees. */
        lines: z.array(flatRing),
      }),
    ),
  }),
});

export const locateSchema = z.object({
  inside: z.boolean(),
  /** Metres to the nearest grid where the place is outside; 0 inside. */
  distanceM: z.number(),
  village: areaSchema.nullable(),
  grid: areaSchema.nullable(),
  microGrid: areaSchema.nullable(),
});

export const locatePlace = defineRoute({
  method: 'GET',
  path: '/api/areas/locate',
  summary: 'Village, grid and micro-grid at a place',
  access: 'session',
  query: z.object({
    lon: z.coerce.number().min(-180).max(180),
    lat: z.coerce.number().min(-90).max(90),
  }),
  response: locateSchema,
});

export const versionSchema = z.object({
  id: idSchema,
  /** `layer`: only for reference, never published grids; smallest code wins, gaps give none. */
  state: z.enum(['draft', 'published', 'superseded', 'layer']),
  note: z.string(),
  createdAtMs: timeMs,
  effectiveAtMs: timeMs.nullable(),
  areaCount: z.number().int(),
  faults: z.object({
    gaps: z.number().int(),
    overlaps: z.number().int(),
    slivers: z.number().int(),
    selfIntersections: z.number().int(),
    duplicates: z.number().int(),
    holes: z.number().int(),
    /** Parts of areas beyond the area above them. */
    outside: z.number().int(),
  }),
});
export type AreaVersion = z.infer<typeof versionSchema>;

export const listVersions = defineRoute({
  method: 'GET',
  path: '/api/areas/versions',
  summary: 'Versions of the areas, newest first',
  access: { permission: 'areas.read-versions' },
  response: pageOf(versionSchema),
});

/** A draft from uploaded GeoJSON text; the answer carries the findings of the check. */
export const importDraft = defineRoute({
  method: 'POST',
  path: '/api/areas/versions',
  summary: 'Import shapes as a draft version and check them',
  access: { permission: 'areas.edit' },
  bodyLimitBytes: 64 * 1024 * 1024,
  body: z.object({
    note: textSchema(200),
    level: areaLevelSchema,
    geojson: z.string().max(60_000_000),
    codeColumn: z.string().max(60),
    nameColumn: z.string().max(60),
    parentColumn: z.string().max(60).optional(),
    /** Holds the code that an area had until now, where it is given a new one: then it stays the same area. */
    formerCodeColumn: z.string().max(60).optional(),
    /** Where the file holds several levels: only rows of `level` are taken. */
    levelColumn: z.string().max(60).optional(),
    /** Heads and households; an empty cell leaves what is known. */
    populationColumn: z.string().max(60).optional(),
    householdsColumn: z.string().max(60).optional(),
    /** What the positions are in; GCJ-02 and BD-09 are what Chinese web maps give. */
    coordinates: z.enum(['wgs84', 'gcj02', 'bd09']).default('wgs84'),
    /** A draft whose other levels are taken over; else those in force are. */
    ontoVersionId: idSchema.optional(),
    snapM: z.number().min(0).max(50).optional(),
    acceptFaults: z.boolean().default(false),
  }),
  response: z.object({
    version: versionSchema,
    findings: z.array(findingSchema),
    /** Codes of areas of lower levels that no longer lie in any area above them, and are left out. */
    droppedCodes: z.array(z.string()),
    /** What `snapM` moved, in metres at most, by the code of the area. */
    moved: z.array(z.object({ code: z.string(), vertices: z.number().int(), maxM: z.number() })),
  }),
});

/** What would change if this draft were published: shown before one confirms. */
export const previewPublish = defineRoute({
  method: 'GET',
  path: '/api/areas/versions/:id/preview',
  summary: 'What moves when a draft is published',
  access: { permission: 'areas.edit' },
  params: z.object({ id: idSchema }),
  response: z.object({
    addedCodes: z.array(z.string()),
    removedCodes: z.array(z.string()),
    changedCodes: z.array(z.string()),
    /** Open incidents whose responsible area would move. */
    movingIncidents: z.number().int(),
    moving: movingSchema,
  }),
});

/**
 * Refused with `tiling-faulty` where the grids leave any gap or overlap, however small. The first twenty are in
 * `details.findings` as rows of `findingSchema`, and in `details.places` as lines.
 */
export const publishVersion = defineRoute({
  method: 'POST',
  path: '/api/areas/versions/:id/publish',
  summary: 'Publish a draft from a moment on',
  access: { permission: 'areas.edit' },
  params: z.object({ id: idSchema }),
  body: z.object({
    effectiveAtMs: timeMs.optional(),
    /** Of a draft edited on the page: refused with `stale-edit` when it has changed since it was looked at. */
    revision: z.number().int().optional(),
  }),
  response: versionSchema,
});

/** A draft, or a layer never used; what was in force once is refused with `move-not-allowed`. */
export const deleteVersion = defineRoute({
  method: 'DELETE',
  path: '/api/areas/versions/:id',
  summary: 'Delete a draft',
  access: { permission: 'areas.edit' },
  params: z.object({ id: idSchema }),
  response: z.object({ ok: z.literal(true) }),
});

export const renameArea = defineRoute({
  method: 'PATCH',
  path: '/api/areas/:id',
  summary: 'Change the name or the head count of an area',
  access: { permission: 'areas.edit' },
  params: z.object({ id: idSchema }),
  body: z.object({
    name: textSchema(60).optional(),
    population: z.number().int().min(0).max(100_000_000).nullable().optional(),
    households: z.number().int().min(0).max(100_000_000).nullable().optional(),
  }),
  response: areaSchema,
});

/** QR points: one per micro-grid (and per grid that has none); the token stays when codes or borders change. */
export const listQrPoints = defineRoute({
  method: 'GET',
  path: '/api/areas/qr-points',
  summary: 'QR points of the micro-grids',
  access: { permission: 'areas.print-signs' },
  response: z.object({ points: z.array(z.object({ token: z.string(), area: areaSchema })) }),
});

/** Borders or names changed: everybody reloads shapes. */
export const areasChanged = defineEvent({
  type: 'areas.changed',
  payload: z.object({ versionId: idSchema.nullable() }),
  live: true,
});
