/** Dispatch: orders to parties, who may receive them, and what follows for the incident. */
import { defineModule } from '@wangge/kernel';
import { orderChanged } from './contract.ts';
import { tellParty } from './jobs.ts';
import { dispatchPermissions } from './permissions.ts';
import { dispatchHooks } from './reacts.ts';
import { dispatchRoutes } from './routes.ts';

export { dispatchIncident, type DispatchRequest } from './actions/dispatch-incident.ts';
export { moveOrder } from './actions/move-order.ts';
export { type HistoryOptions, seedHistory } from './history/seed-history.ts';

export const dispatch = defineModule({
  name: 'dispatch',
  migrations: new URL('../migrations/', import.meta.url),
  permissions: dispatchPermissions,
  events: [orderChanged],
  routes: dispatchRoutes,
  jobs: { 'dispatch.tell-party': tellParty },
  on: dispatchHooks,
});
