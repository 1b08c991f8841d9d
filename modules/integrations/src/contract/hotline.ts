/** Orders of hotlines and mailboxes over HTTP: sources and their mappings, trying a file, taking it in, answering. */
import { defineRoute, idSchema, langSchema, textSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';

const column = z.string().min(1).max(100);
const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);

/** How a source's columns are read. */
export const hotlineMappingSchema = z.strictObject({
  /** The other system's own number of the matter. */
  number: column,
  description: column,
  /** Moment of the call; when it is taken in, unless told. */
  reportedAt: column.nullable().default(null),
  zone: z.string().refine((zone) => zones.has(zone)),
  /** Order of the parts of a date; `ymd` also reads 年月日. */
  dates: z.enum(['ymd', 'mdy', 'dmy']),
  category: z.strictObject({
    column,
    /** Their word → our code. What stands in no line is refused. */
    words: z.record(z.string().min(1).max(100), z.string().min(1).max(40)),
  }),
  /** Of the caller. */
  phone: column.nullable().default(null),
  address: column.nullable().default(null),
  lon: column.nullable().default(null),
  lat: column.nullable().default(null),
  /** Name or code of one of our areas; the whole town where it is not told, for a dispatcher to place. */
  area: column.nullable().default(null),
});
export type HotlineMapping = z.output<typeof hotlineMappingSchema>;

export const hotlineSourceSchema = z.object({
  id: idSchema,
  name: z.string(),
  mapping: hotlineMappingSchema,
  clientId: idSchema.nullable(),
  active: z.boolean(),
  updatedAtMs: timeMs,
  version: z.number().int(),
});
export type HotlineSource = z.infer<typeof hotlineSourceSchema>;

/** Eight megabytes as base64. */
const content = z.string().min(1).max(11_200_000);
const fileBody = z.object({ format: z.enum(['csv', 'xlsx']), content });
const bodyLimitBytes = 12 * 1024 * 1024;

export const hotlineProblems = {
  'number-missing': { zh: '没有外部编号', en: 'No number of the other system' },
  'number-twice': { zh: '同一编号在文件中出现多次', en: 'The number stands in the file more than once' },
  'description-missing': { zh: '没有内容', en: 'No description' },
  'text-bad': { zh: '含有无法识别的字符', en: 'Characters that are no text' },
  'time-invalid': { zh: '时间无法识别', en: 'Not a time' },
  'time-in-future': { zh: '时间在将来', en: 'In the future' },
  'category-unknown': { zh: '类别没有对应', en: 'No category for this word' },
  'phone-invalid': { zh: '电话无法识别', en: 'Not a telephone number' },
  'place-invalid': { zh: '坐标无法识别', en: 'Not a place' },
  'place-outside': { zh: '位置不在本镇', en: 'Outside the town' },
  'area-unknown': { zh: '没有这个区域', en: 'No such area' },
} as const;
export type HotlineProblem = keyof typeof hotlineProblems;
const problemSchema = z.enum(Object.keys(hotlineProblems) as [HotlineProblem, ...HotlineProblem[]]);

export const hotlineRowSchema = z.object({
  /** Line of the file, the heading being line 1; position in the request for deliveries by key. */
  line: z.number().int(),
  outerNumber: z.string(),
  outcome: z.enum(['new', 'updated', 'unchanged', 'refused']),
  problem: problemSchema.nullable(),
  /** What was found there. */
  value: z.string(),
  /** Of the incident that it is, or became. */
  number: z.string().nullable(),
});
export type HotlineRow = z.infer<typeof hotlineRowSchema>;
export const hotlineReportSchema = z.object({
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  refused: z.number().int(),
  /** Refused ones first; the first thousand. */
  rows: z.array(hotlineRowSchema),
});
export type HotlineReport = z.infer<typeof hotlineReportSchema>;

export const listHotlineSources = defineRoute({
  method: 'GET',
  path: '/api/integrations/sources',
  summary: 'Hotlines and mailboxes that orders come from',
  access: { permission: 'integrations.read-sources' },
  response: z.object({ sources: z.array(hotlineSourceSchema) }),
});
/** Makes it where the identifier is new; changes it where the version is right. */
export const saveHotlineSource = defineRoute({
  method: 'PUT',
  path: '/api/integrations/sources/:id',
  summary: 'Save a source of orders and its mapping',
  access: { permission: 'integrations.manage' },
  params: z.object({ id: idSchema }),
  body: z.object({
    name: textSchema(60),
    mapping: hotlineMappingSchema,
    clientId: idSchema.nullable(),
    active: z.boolean(),
    /** 0 for a new one. */
    version: z.number().int(),
  }),
  response: hotlineSourceSchema,
});
/** Its headings and first words, so that a mapping is made by choosing. Nothing is kept. */
export const readHotlineFile = defineRoute({
  method: 'POST',
  path: '/api/integrations/sources/columns',
  summary: 'Headings and sample words of a file',
  access: { permission: 'integrations.read-sources' },
  bodyLimitBytes,
  body: fileBody,
  response: z.object({
    rows: z.number().int(),
    columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
  }),
});
export const previewHotline = defineRoute({
  method: 'POST',
  path: '/api/integrations/sources/:id/preview',
  summary: 'What taking in a file would do, line by line; nothing is changed',
  access: { permission: 'integrations.take-orders' },
  bodyLimitBytes,
  params: z.object({ id: idSchema }),
  body: fileBody,
  response: hotlineReportSchema,
});
export const takeHotline = defineRoute({
  method: 'POST',
  path: '/api/integrations/sources/:id/orders',
  summary: 'Take in the orders of a file; bad lines are left out and told',
  access: { permission: 'integrations.take-orders' },
  bodyLimitBytes,
  params: z.object({ id: idSchema }),
  body: fileBody,
  response: hotlineReportSchema,
});
export const answerHotline = defineRoute({
  method: 'GET',
  path: '/api/integrations/sources/:id/answers',
  summary: 'Answers in the form of the source: its own columns, then ours',
  access: { permission: 'integrations.take-orders' },
  params: z.object({ id: idSchema }),
  query: z.object({
    format: z.enum(['csv', 'xlsx']),
    /** Changed since. */
    sinceMs: z.coerce.number().int().min(0).default(0),
    lang: langSchema.default('zh'),
  }),
  response: z.unknown(),
  file: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
});
