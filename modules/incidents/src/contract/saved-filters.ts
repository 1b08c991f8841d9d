/** Filters of the list that a person saved under a name. */
import { defineRoute, idSchema, textSchema } from '@wangge/contract-kit';
import { z } from 'zod';

/** What one person can keep. */
export const maxSavedFilters = 50;

/** Words of the console's address, by name. The console reads what it knows of them and forgets the rest. */
const searchSchema = z
  .record(z.string().regex(/^[a-z]{1,20}$/), z.string().min(1).max(1000))
  .refine((search) => Object.keys(search).length <= 20);

export const savedFilterSchema = z.object({ id: idSchema, name: z.string(), search: z.record(z.string(), z.string()) });
export type SavedFilter = z.infer<typeof savedFilterSchema>;
const listSchema = z.object({ filters: z.array(savedFilterSchema) });

export const listSavedFilters = defineRoute({
  method: 'GET',
  path: '/api/incidents/filters',
  summary: 'My saved filters, by name',
  access: { permission: 'incidents.read' },
  response: listSchema,
});
/** Under a name that is there already it replaces that one. `guard-failed` (`too-many-filters`) beyond fifty. */
export const saveFilter = defineRoute({
  method: 'PUT',
  path: '/api/incidents/filters',
  summary: 'Save a filter under a name',
  access: { permission: 'incidents.read' },
  body: z.object({ name: textSchema(40), search: searchSchema }),
  response: listSchema,
});
/** One that is gone already stays gone. */
export const deleteFilter = defineRoute({
  method: 'DELETE',
  path: '/api/incidents/filters/:id',
  summary: 'Delete a saved filter',
  access: { permission: 'incidents.read' },
  params: z.object({ id: idSchema }),
  response: listSchema,
});
