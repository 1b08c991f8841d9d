/** All pages of the portal, in a scope of their own: form bodies and error pages do not reach the API. */
import type { Runtime } from '@wangge/kernel';
import { assetsOf } from './assets.ts';
import { registerErrorPages } from './error-pages.ts';
import type { App } from './http.ts';
import { keepPreferences } from './preferences.ts';
import { registerFormParser } from './read-form.ts';
import { registerFollow } from './routes-follow.ts';
import { registerHome } from './routes-home.ts';
import { registerObjection } from './routes-objection.ts';
import { registerReceipt } from './routes-receipt.ts';
import { registerReport } from './routes-report.ts';
import { registerSigns } from './routes-signs.ts';

export async function registerPages(app: App, rt: Runtime): Promise<void> {
  // Error pages cannot wait for the names of style and script, so they are asked for once at the start.
  app.addHook('onListen', async () => {
    await assetsOf(app);
  });
  await app.register((scope, _options, done) => {
    registerErrorPages(scope, rt);
    registerFormParser(scope);
    scope.addHook('onRequest', (request, reply, next) => {
      keepPreferences(rt, request, reply);
      next();
    });
    registerHome(scope, rt);
    registerReport(scope, rt);
    registerReceipt(scope, rt);
    registerObjection(scope, rt);
    registerFollow(scope, rt);
    registerSigns(scope, rt);
    done();
  });
}
