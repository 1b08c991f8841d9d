/**
 * The media role with one more taker: it pulls the cameras that it is told and counts their frames, as a recorder
 * would take them, so that pulling can be measured without anybody who looks.
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { openRuntime } from '@wangge/kernel';
import { startWorker } from '@wangge/video/media';
import { modules } from '../../apps/server/src/modules.ts';
import { report, runRole } from '../../apps/server/src/role/child-side.ts';
import { configOf } from '../../apps/server/src/role/config.ts';

runRole(async (setup) => {
  const rt = await openRuntime(configOf(setup, 4), modules);
  const pictures = new Map<string, number>();
  const media = await startWorker(rt, {
    host: setup.host,
    port: setup.mediaPort,
    shard: 0,
    shards: 1,
    takers: [
      async (_rt, hubs) => {
        const take = async (id: string): Promise<void> => {
          if (pictures.has(id)) return;
          pictures.set(id, 0);
          const subscriber = {
            onTracks: () => undefined,
            onFrame: ({ kind }: { kind: string }) => kind === 'video' && pictures.set(id, (pictures.get(id) ?? 0) + 1),
          };
          // Forgotten where the register does not answer in time: it is asked for again with the next post.
          await hubs.subscribe(id, 'main', subscriber).catch(() => pictures.delete(id));
        };
        // Identifiers are posted; the counts of all are the answer.
        const server = createServer((request, response) => {
          void text(request).then(async (body) => {
            await Promise.all(body.split('\n').filter(Boolean).map(take));
            response.end(JSON.stringify(Object.fromEntries(pictures)));
          });
        });
        await new Promise<void>((done) =>
          server.listen(Number(process.env['WANGGE_BENCH_COUNTS']), '127.0.0.1', () => done()),
        );
        return {
          close: async () => {
            server.closeAllConnections();
            await new Promise((done) => server.close(done));
          },
        };
      },
    ],
  });
  await report({ type: 'ready', port: media.port });
  return async () => {
    await media.close();
    await rt.close();
  };
});
