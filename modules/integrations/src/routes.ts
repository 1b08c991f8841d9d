/** Routes of the contract: one line each. */
import { handle, type Handler } from '@wangge/kernel';
import { createClient, listClients, revokeClient } from './actions/clients.ts';
import { createApiClient, listApiClients, revokeApiClient } from './contract.ts';

export const integrationsRoutes: readonly Handler[] = [
  handle(listApiClients, (c) => c.tx((tx) => listClients(tx))),
  handle(createApiClient, (c) => c.tx((tx) => createClient(tx, c.body.name))),
  handle(revokeApiClient, (c) => c.tx((tx) => revokeClient(tx, c.params.id))),
];
