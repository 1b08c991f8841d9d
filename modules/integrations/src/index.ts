/** Other systems: Open311, and the keys of its clients. */
import { defineModule } from '@wangge/kernel';
import { registerOpen311 } from './open311/plugin.ts';
import { integrationsRoutes } from './routes.ts';

export const integrations = defineModule({
  name: 'integrations',
  migrations: new URL('../migrations/', import.meta.url),
  permissions: { 'integrations.manage': { by: ['system-admin'] } },
  routes: integrationsRoutes,
  plugin: registerOpen311,
});
