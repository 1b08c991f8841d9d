/** Areas and findings, as all routes of the module show them. */
import { idSchema, placeSchema } from '@wangge/contract-kit';
import { z } from 'zod';

export const areaLevels = ['county', 'town', 'village', 'grid', 'micro-grid'] as const;
export const areaLevelSchema = z.enum(areaLevels);
export type AreaLevel = z.infer<typeof areaLevelSchema>;

export const areaLevelLabels = {
  county: { zh: '县', en: 'County' },
  town: { zh: '镇', en: 'Town' },
  village: { zh: '村', en: 'Village' },
  grid: { zh: '网格', en: 'Grid' },
  'micro-grid': { zh: '微网格', en: 'Micro-grid' },
} as const satisfies Record<AreaLevel, { zh: string; en: string }>;

export const areaSchema = z.object({
  id: idSchema,
  code: z.string(),
  name: z.string(),
  level: areaLevelSchema,
  parentId: idSchema.nullable(),
  /** Codes from the top, each closed by a slash: `990101/990101100/990101100201/`. A subtree is a prefix. */
  path: z.string(),
  population: z.number().int().nullable(),
  households: z.number().int().nullable(),
  /** Interior point for labels, WGS 84. */
  center: placeSchema.nullable(),
});
export type Area = z.infer<typeof areaSchema>;

/** A gap, an overlap or another fault: which areas, how large, and a place within it. */
export const findingSchema = z.object({
  kind: z.string(),
  codes: z.array(z.string()),
  areaM2: z.number().nullable(),
  at: placeSchema.nullable(),
});
export type AreaFinding = z.infer<typeof findingSchema>;
