/** Other systems: Open311, hotlines and mailboxes, and the keys of clients. */
import { defineModule } from '@wangge/kernel';
import { registerHotline } from './hotline/plugin.ts';
import { registerOpen311 } from './open311/plugin.ts';
import { integrationsRoutes } from './routes.ts';

export const integrations = defineModule({
  name: 'integrations',
  migrations: new URL('../migrations/', import.meta.url),
  permissions: {
    'integrations.manage': { by: ['system-admin'] },
    'integrations.read-sources': { by: ['system-admin', 'dispatcher'] },
    /** To make incidents of a file, and to hand back what became of them. */
    'integrations.take-orders': { by: ['dispatcher'] },
  },
  routes: integrationsRoutes,
  plugin: async (app, rt) => {
    await registerOpen311(app, rt);
    await registerHotline(app, rt);
  },
});
