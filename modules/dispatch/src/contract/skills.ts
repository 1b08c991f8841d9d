/** What a category asks of who handles it; candidates are ranked by it. */
import { defineRoute, textSchema } from '@wangge/contract-kit';
import { z } from 'zod';

const needSchema = z.object({ categoryCode: z.string(), skills: z.array(z.string()) });
export const readNeeds = defineRoute({
  method: 'GET',
  path: '/api/dispatch/category-skills',
  summary: 'Skills that categories ask for',
  access: { permission: 'dispatch.edit-rules' },
  response: z.object({ needs: z.array(needSchema) }),
});
export const saveNeeds = defineRoute({
  method: 'PUT',
  path: '/api/dispatch/category-skills/:code',
  summary: 'Set the skills that a category (either level) asks for',
  access: { permission: 'dispatch.edit-rules' },
  params: z.object({ code: z.string().min(1).max(40) }),
  body: z.object({ skills: z.array(textSchema(30)).max(20) }),
  response: z.object({ needs: z.array(needSchema) }),
});
