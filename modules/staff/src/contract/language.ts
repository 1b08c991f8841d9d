/** The language in which a person is told things. */
import { defineRoute, langSchema } from '@wangge/contract-kit';
import { z } from 'zod';

/** Messages come in it; the switch of the interface sets it. */
export const setLanguage = defineRoute({
  method: 'PUT',
  path: '/api/me/language',
  summary: 'The language in which the caller is told things',
  access: 'session',
  body: z.object({ lang: langSchema }),
  response: z.object({ lang: langSchema }),
});
