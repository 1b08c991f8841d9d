/** The built front ends under their paths: `/console/`, `/field/`, and the scripts of residents' pages. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@wangge/contract-kit';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Folder that holds the apps. */
const apps = join(import.meta.dirname, '../../..');
/** Names that vite gives to files by their content: they never change. */
const hashedName = /-[\w-]{8}\.\w+(\.br)?$/;

/** Front ends that are one page with routes inside: every path below them is that page. */
const singlePages = ['console', 'field'] as const;

/** A front end that was not built is left out; its paths answer 404. */
export async function registerFrontEnds(app: FastifyInstance): Promise<void> {
  for (const name of singlePages) {
    if (!existsSync(join(apps, name, 'dist/index.html'))) continue;
    await app.register(
      async (scope) => {
        await serveFolder(scope, name, 'index.html');
        scope.setNotFoundHandler((request, reply) => {
          const path = request.url.split('?')[0] ?? '';
          // A script that an old page asks for after an update must fail, not turn out to be HTML.
          if (request.method !== 'GET' || /\.\w+$/.test(path)) throw new AppError('not-found');
          return reply.header('cache-control', 'no-cache').sendFile('index.html');
        });
      },
      { prefix: `/${name}` },
    );
  }
  if (existsSync(join(apps, 'portal/dist'))) {
    await app.register((scope) => serveFolder(scope, 'portal', false), { prefix: '/portal-assets' });
  }
}

async function serveFolder(scope: FastifyInstance, name: string, index: string | false): Promise<void> {
  scope.addHook('onRequest', (_request, reply, done) => {
    // A file on its way is awaited at a dozen places of the library, each with a listener of its own.
    reply.raw.setMaxListeners(32);
    done();
  });
  await scope.register(fastifyStatic, {
    root: join(apps, name, 'dist'),
    prefix: '/',
    ...(index === false ? { index: false } : { index: [index], redirect: true }),
    // The build leaves a .br beside what is worth it, so that no request compresses.
    preCompressed: true,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders: (reply, path) => {
      const lasting = hashedName.test(path) && !path.includes('.html');
      void reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
