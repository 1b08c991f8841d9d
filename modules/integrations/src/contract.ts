/** What the integrations module offers over HTTP to administrators: clients of Open311 and their keys. */
import { defineRoute, idSchema, textSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';

export * from './contract/hotline.ts';

export const apiClientSchema = z.object({
  id: idSchema,
  name: z.string(),
  /** First characters of the key, to tell keys apart; the key itself is shown once and never again. */
  keyPrefix: z.string(),
  createdAtMs: timeMs,
  /** To the hour: enough to find keys that nobody uses. */
  lastUsedAtMs: timeMs.nullable(),
  revokedAtMs: timeMs.nullable(),
});
export type ApiClient = z.infer<typeof apiClientSchema>;

export const listApiClients = defineRoute({
  method: 'GET',
  path: '/api/integrations/clients',
  summary: 'Clients that may send requests by Open311',
  access: { permission: 'integrations.manage' },
  response: z.object({ clients: z.array(apiClientSchema) }),
});
/** The only answer that ever carries the key. */
export const createApiClient = defineRoute({
  method: 'POST',
  path: '/api/integrations/clients',
  summary: 'Create a client of Open311 and its key',
  access: { permission: 'integrations.manage' },
  body: z.object({ name: textSchema(60) }),
  response: z.object({ client: apiClientSchema, apiKey: z.string() }),
});
/** At once and for good; revoking again changes nothing. */
export const revokeApiClient = defineRoute({
  method: 'DELETE',
  path: '/api/integrations/clients/:id',
  summary: 'Revoke the key of a client',
  access: { permission: 'integrations.manage' },
  params: z.object({ id: idSchema }),
  response: apiClientSchema,
});
