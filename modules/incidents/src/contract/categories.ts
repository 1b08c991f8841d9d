/** Two-level categories: read by everybody, edited and imported by administrators. */
import { defineEvent, defineRoute, idSchema } from '@wangge/contract-kit';
import { z } from 'zod';
import { severityNames } from '../states.ts';

export const categorySchema = z.object({
  code: z.string(),
  /** Null at the top level; a report needs a second-level category. */
  parentCode: z.string().nullable(),
  name: z.object({ zh: z.string(), en: z.string() }),
  departmentId: idSchema.nullable(),
  severity: z.enum(severityNames),
  /** Limit from report to response in minutes of calendar time. */
  handleLimitMin: z.number().int().positive(),
  /** Residents may choose it, and the public may see its incidents. */
  public: z.boolean(),
  proofRequired: z.boolean(),
  /** Where a proof is required: one at least from the app's camera; photos out of the album do not count. */
  proofInApp: z.boolean().default(false),
  /** Closed categories stay readable but take no new reports. */
  active: z.boolean(),
  /** Minutes after the response at which the platform closes what nobody verified; null: never. */
  autoCloseMin: z.number().int().positive().nullable().default(null),
  order: z.number().int(),
});
export type Category = z.infer<typeof categorySchema>;

export const listCategories = defineRoute({
  method: 'GET',
  path: '/api/incidents/categories',
  summary: 'Categories of incidents, two levels',
  access: 'session',
  response: z.object({ categories: z.array(categorySchema) }),
});
export const saveCategory = defineRoute({
  method: 'PUT',
  path: '/api/incidents/categories/:code',
  summary: 'Create or change a category',
  access: { permission: 'incidents.edit-categories' },
  params: z.object({
    code: z
      .string()
      .min(1)
      .max(40)
      .regex(/^[a-z0-9.-]+$/),
  }),
  body: categorySchema.omit({ code: true }),
  response: categorySchema,
});
export const importCategories = defineRoute({
  method: 'POST',
  path: '/api/incidents/categories/import',
  summary: 'Import categories from CSV; all or nothing',
  access: { permission: 'incidents.edit-categories' },
  body: z.object({ csv: z.string().max(1_000_000) }),
  response: z.object({ created: z.number().int(), changed: z.number().int() }),
});

/** Categories were created or changed: whoever shows them loads them anew. */
export const categoriesChanged = defineEvent({
  type: 'incidents.categories-changed',
  payload: z.object({}),
  live: true,
});
