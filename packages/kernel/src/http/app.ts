/** The HTTP service: guards, errors, typed routes, live stream, files, pages. */
import type { SecureContextOptions } from 'node:tls';
import { AppError } from '@wangge/contract-kit';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { registerFiles } from '../files/routes.ts';
import { registerLive } from '../live/sse.ts';
import { Rounds } from '../live/rounds.ts';
import type { Runtime } from '../runtime.ts';
import { docsPage } from './docs-page.ts';
import { type ErrorPage, registerErrors } from './errors.ts';
import { openApi } from './openapi.ts';
import { registerGuard } from './request-guard.ts';
import { registerRoutes } from './routes.ts';

export interface ApiOptions {
  readonly tls?: SecureContextOptions;
  /** Pages of the front ends and other things the server adds. */
  readonly extend?: (app: FastifyInstance) => Promise<void>;
  /** Where browsers reach the media worker: pages may take streams and pictures from there. */
  readonly mediaUrl?: string;
  readonly errorPages?: readonly ErrorPage[];
  /** How often open streams ask whether their session still is; 45 s unless told. */
  readonly liveRecheckMs?: number;
}

/** @param media origin of the media worker */
const contentSecurityPolicy = (media: string): string =>
  Object.entries({
    'default-src': "'self'",
    'img-src': `'self' data: blob:${media && ` ${media}`}`,
    // A player's source is made by its page.
    'media-src': `'self' blob:${media && ` ${media}`}`,
    // The console's component library writes its styles at run time.
    'style-src': "'self' 'unsafe-inline'",
    'script-src': "'self'",
    // Not every browser takes 'self' for WebSockets.
    'connect-src': `'self'${media && ` ${media} ${media.replace(/^http/, 'ws')}`}`,
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join(';');

/** Builds the service; the caller listens. */
export async function buildApi(rt: Runtime, options: ApiOptions = {}): Promise<FastifyInstance> {
  const common = {
    loggerInstance: rt.log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: rt.config.trustedProxies.length > 0 ? [...rt.config.trustedProxies] : false,
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 300 },
    // A village's uplink gives 50 kB/s: a photo may take three minutes.
    requestTimeout: 200_000,
    forceCloseConnections: true,
  };
  const app = (options.tls
    ? Fastify({ ...common, http2: true, https: { ...options.tls, allowHTTP1: true } })
    : Fastify(common)) as unknown as FastifyInstance;

  const secure = rt.config.publicUrl.startsWith('https:');
  await app.register(helmet, {
    contentSecurityPolicy: false,
    strictTransportSecurity: secure,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  });
  // Helmet would put this text together anew for every answer.
  const policy = contentSecurityPolicy(options.mediaUrl === undefined ? '' : new URL(options.mediaUrl).origin);
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('content-security-policy', policy);
    done();
  });
  await app.register(cookie);
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, context) =>
      new AppError('rate-limited', { details: { retryAfterS: Math.ceil(context.ttl / 1000) } }),
  });
  await app.register(compress, { threshold: 1400, encodings: ['br', 'gzip'] });
  registerErrors(app, options.errorPages ?? []);
  registerGuard(app, rt);

  const handlers = rt.registry.modules.flatMap((m) => m.routes ?? []);
  const rounds = new Rounds(rt.live);
  app.addHook('onClose', () => rounds.close());
  registerRoutes(app, rt, rounds, handlers);
  await registerFiles(app, rt);
  registerLive(app, rt, rounds, options.liveRecheckMs);
  const described = openApi(
    handlers.map((h) => h.route),
    rt.config.version,
  );
  const document = JSON.stringify(described);
  app.get('/openapi.json', { config: { access: 'public' } }, (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(document),
  );
  const docs = docsPage(described);
  app.get('/docs', { config: { access: 'public' } }, (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(docs),
  );
  for (const module of rt.registry.modules) await module.plugin?.(app, rt);
  await options.extend?.(app);
  await rt.live.follow();
  return app;
}
