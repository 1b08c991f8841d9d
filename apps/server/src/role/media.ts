/** The role that carries video: pulls cameras, sends them to browsers. */
import { openRuntime } from '@wangge/kernel';
import { startWorker } from '@wangge/video/media';
import { mediaUrlOf } from '../media-url.ts';
import { modules } from '../modules.ts';
import { portFailure } from '../network.ts';
import { readTls, reloadTls } from '../tls/serve.ts';
import { report, runRole } from './child-side.ts';
import { configOf } from './config.ts';

runRole(async (setup) => {
  const rt = await openRuntime(configOf(setup, 4), modules);
  const tls = setup.tls === null ? undefined : readTls(setup.tls, setup.dataDir);
  const media = await startWorker(rt, {
    host: setup.host,
    port: setup.mediaPort,
    publicUrl: (port) => mediaUrlOf(setup, port),
    shard: 0,
    shards: 1,
    tls,
  }).catch((error: unknown) => {
    throw portFailure(error as NodeJS.ErrnoException, setup.host, setup.mediaPort);
  });
  const stopReloading = setup.tls === null ? undefined : reloadTls(media.server, setup.tls, setup.dataDir, rt.log);
  await report({ type: 'ready', port: media.port });
  return async () => {
    stopReloading?.();
    await media.close();
    await rt.close();
  };
});
