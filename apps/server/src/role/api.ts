/** The role that answers over HTTP: API, live stream, residents' pages, the front ends' files. */
import { availableParallelism } from 'node:os';
import { buildApi, openRuntime } from '@wangge/kernel';
import { portalErrorPage } from '@wangge/portal';
import { portFailure } from '../network.ts';
import { mediaUrlOf } from '../media-url.ts';
import { modules } from '../modules.ts';
import { registerAuthorityPage } from '../tls/authority-page.ts';
import { readTls, reloadTls } from '../tls/serve.ts';
import { report, runRole } from './child-side.ts';
import { configOf } from './config.ts';
import { drainer } from './drain.ts';
import { registerFrontEnds } from './front-ends.ts';

/** Requests that are under way at a stop get this long. */
const drainMs = 5000;
/**
 * Connections to PostgreSQL: beyond two a core they only take the processor from one another (a rush of reports
 * is a tenth faster with 6 than with 12 on two cores). One listens for new borders, one is to spare.
 */
const poolSize = Math.min(24, Math.max(6, 2 + 2 * availableParallelism()));

runRole(async (setup) => {
  const rt = await openRuntime(configOf(setup, poolSize), modules);
  const tls = setup.tls === null ? null : readTls(setup.tls, setup.dataDir);
  const app = await buildApi(rt, {
    ...(tls === null ? {} : { tls }),
    mediaUrl: mediaUrlOf(setup, setup.mediaPort),
    errorPages: [portalErrorPage(rt)],
    extend: async (server) => {
      await registerFrontEnds(server);
      if (setup.tls?.kind === 'self') registerAuthorityPage(server, setup.dataDir);
    },
  });
  const drain = drainer(app.server);
  const stopReloading = setup.tls === null ? undefined : reloadTls(app.server, setup.tls, setup.dataDir, rt.log);
  try {
    await app.listen({ host: setup.host, port: setup.port });
  } catch (error) {
    throw portFailure(error as NodeJS.ErrnoException, setup.host, setup.port);
  }
  const address = app.server.address();
  await report({ type: 'ready', port: typeof address === 'object' && address ? address.port : setup.port });
  return async () => {
    stopReloading?.();
    await drain(drainMs);
    await app.close();
    await rt.close();
  };
});
