/** Residents' pages: home, QR page, report, receipt, objection, signs. Rendered here, without script. */
import { defineModule } from '@wangge/kernel';
import { forgetCodes } from './phone-codes.ts';
import { portalRoutes } from './routes.ts';
import { registerPages } from './web/plugin.ts';

export { portalErrorPage } from './web/error-pages.ts';

export const portal = defineModule({
  name: 'portal',
  migrations: new URL('../migrations/', import.meta.url),
  routes: portalRoutes,
  plugin: registerPages,
  jobs: { 'portal.forget-codes': forgetCodes },
  cron: { 'portal.forget-codes': '41 3 * * *' },
});
