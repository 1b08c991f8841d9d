/** The map file: which columns of a foreign table mean what. */
import { AppError } from '@wangge/contract-kit';
import { z } from 'zod';
import { severityNames } from '../states.ts';

const column = z.string().min(1).max(100);

export const importMapSchema = z.strictObject({
  /** Identity of a row in the system that it comes from. */
  key: column,
  created: column,
  closed: column.optional(),
  /** IANA zone of times without an offset. */
  zone: z.string().refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC'),
  /** How the rows ended; without it a time of closing decides. */
  status: z.strictObject({ column, closed: z.array(z.string()), rejected: z.array(z.string()).default([]) }).optional(),
  category: z.strictObject({
    column,
    /** Their word → our code. */
    map: z.record(z.string(), z.string()),
    default: z.string().optional(),
  }),
  lon: column.optional(),
  lat: column.optional(),
  /** Used where a row has no coordinates. */
  area: z.strictObject({ column, by: z.enum(['code', 'name']) }).optional(),
  address: column.optional(),
  /** Text with `{Column}` in it. */
  description: z.string().min(1).max(500),
  /** Categories that are made when they are missing, headings first. */
  categories: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z0-9.-]{1,40}$/),
        parent: z.string().nullable(),
        zh: z.string().min(1).max(60),
        en: z.string().min(1).max(60),
        limitMin: z.number().int().positive(),
        severity: z.enum(severityNames).default('ordinary'),
        public: z.boolean().default(true),
      }),
    )
    .default([]),
});
export type ImportMap = z.output<typeof importMapSchema>;

/** @throws AppError `invalid-field` with the path in the map that is wrong */
export function readImportMap(text: string): ImportMap {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new AppError('malformed-json', { field: 'map', details: { problem: String(error) } });
  }
  const map = importMapSchema.safeParse(json);
  if (map.success) return map.data;
  const issue = map.error.issues[0];
  throw new AppError('invalid-field', {
    field: `map.${issue?.path.join('.') ?? ''}`,
    details: { problem: issue?.message ?? '' },
  });
}

/** Columns that the file must have. */
export function columnsOf(map: ImportMap): string[] {
  const named = [map.key, map.created, map.closed, map.status?.column, map.category.column, map.lon, map.lat];
  const inText = [...map.description.matchAll(/\{([^}]+)\}/g)].map((m) => m[1]);
  return [...named, map.area?.column, map.address, ...inText].filter((c): c is string => c !== undefined);
}
