/** `/open311/v2`: GeoReport v2 in JSON and XML. No cookies, so no forged forms; own keys for writing. */
import { AppError } from '@wangge/contract-kit';
import { categoriesOf } from '@wangge/incidents';
import { type Call, type Module, type Runtime, errorBodyOf, toAppError } from '@wangge/kernel';
import { readList, searchSpan } from '../rules.ts';
import { contentTypes, type Format, writeDefinition, writeError, writeList } from './answers.ts';
import { discovery } from './discovery.ts';
import { findRequests, numberByToken } from './find-requests.ts';
import { type Form, receiveRequest } from './receive-request.ts';
import { openServices, serviceEntry, serviceWith } from './services.ts';

type App = Parameters<NonNullable<Module['plugin']>>[0];
type Request = Call['request'];
type Reply = Call['reply'];

const base = '/open311/v2';
/** Of an address: what comes before `.json` or `.xml`, and which of them. */
function split(text: string): { name: string; format: Format | undefined } {
  const match = /^(.*)\.(json|xml)$/.exec(text);
  return match ? { name: match[1] ?? '', format: match[2] as Format } : { name: text, format: undefined };
}
/** The ending decides; without one, what the client accepts; else JSON. */
function formatOf(request: Request): Format {
  const { format } = split(request.url.split('?')[0] ?? '');
  if (format) return format;
  const accept = request.headers.accept ?? '';
  return /\bxml\b/.test(accept) && !/\bjson\b/.test(accept) && !/\bhtml\b/.test(accept) ? 'xml' : 'json';
}
function send(reply: Reply, format: Format, body: string, status = 200): Reply {
  // Public data, also for pages of other sites.
  void reply.code(status).type(contentTypes[format]).header('access-control-allow-origin', '*');
  return reply.send(body) as Reply;
}

/** The standard knows 403 for a missing or wrong key, where we say 401. */
function statusFor(error: AppError): number {
  return error.code === 'wrong-credentials' ? 403 : error.status;
}
function describe(error: AppError): string {
  const { message } = errorBodyOf(error).error;
  if (error.code === 'wrong-credentials') return 'Missing or invalid api_key (api_key 缺失或无效)';
  const field = error.field === undefined ? '' : `${error.field}: `;
  const problem = error.details?.['problem'];
  return `${field}${typeof problem === 'string' ? `${problem}. ` : ''}${message.en} (${message.zh})`;
}

export async function registerOpen311(app: App, rt: Runtime): Promise<void> {
  const config = {
    config: {
      access: 'public' as const,
      csrf: 'off' as const,
      ...(rt.config.rateLimits ? { rateLimit: { max: 120, timeWindow: 60_000 } } : {}),
    },
  };
  await app.register((scope, _options, done) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 128 * 1024 },
      (_request, body, parsed) => parsed(null, new Map(new URLSearchParams(String(body)))),
    );
    scope.setErrorHandler((thrown, request, reply) => {
      const { error, unexpected } = toAppError(thrown);
      if (unexpected) request.log.error({ err: thrown }, 'unexpected error');
      const retry = error.details?.['retryAfterS'];
      if (typeof retry === 'number') void reply.header('retry-after', String(retry));
      const format = formatOf(request);
      const status = statusFor(error);
      return send(reply, format, writeError(format, status, error.code, describe(error)), status);
    });
    const at = (path: string, answer: (request: Request, reply: Reply) => Promise<Reply>): void => {
      for (const ending of ['', '.json', '.xml']) scope.get(`${base}/${path}${ending}`, config, answer);
    };
    at('services', async (request, reply) => {
      const { list } = await rt.system('integrations', categoriesOf);
      const format = formatOf(request);
      return send(reply, format, writeList(format, 'services', 'service', openServices(list).map(serviceEntry)));
    });
    at('requests', (request, reply) => search(rt, request, reply));
    at('discovery', async (request, reply) => {
      const format = formatOf(request);
      return send(reply, format, discovery(rt, format));
    });
    scope.get(`${base}/services/:file`, config, async (request, reply) => {
      const { list } = await rt.system('integrations', categoriesOf);
      const { category } = serviceWith(list, split(fileOf(request)).name);
      const format = formatOf(request);
      return send(reply, format, writeDefinition(format, category.code));
    });
    scope.get(`${base}/requests/:file`, config, async (request, reply) => {
      const ids = [split(fileOf(request)).name];
      const found = await rt.system('integrations', (tx) => findRequests(tx, { ids, fromMs: 0, toMs: 0 }));
      if (found.length === 0) throw new AppError('not-found', { field: 'service_request_id' });
      const format = formatOf(request);
      return send(reply, format, writeList(format, 'service_requests', 'request', found));
    });
    scope.get(`${base}/tokens/:file`, config, async (request, reply) => {
      const token = split(fileOf(request)).name;
      const number = await rt.system('integrations', (tx) => numberByToken(tx, token));
      if (number === null) throw new AppError('not-found', { field: 'token' });
      const format = formatOf(request);
      return send(
        reply,
        format,
        writeList(format, 'service_requests', 'request', [{ service_request_id: number, token }]),
      );
    });
    for (const ending of ['', '.json', '.xml'])
      scope.post(`${base}/requests${ending}`, config, (request, reply) => receive(rt, request, reply));
    scope.get(`${base}/*`, config, () => Promise.reject(new AppError('not-found')));
    done();
  });
}

function fileOf(request: Request): string {
  return (request.params as { file?: string }).file ?? '';
}

async function search(rt: Runtime, request: Request, reply: Reply): Promise<Reply> {
  const query = request.query as Record<string, unknown>;
  const word = (name: string): string | undefined => {
    const value = query[name];
    if (value === undefined || value === '') return undefined;
    if (typeof value !== 'string' || value.length > 40_000) throw new AppError('invalid-field', { field: name });
    return value;
  };
  const status = word('status');
  if (status !== undefined && status !== 'open' && status !== 'closed') {
    // `open,closed` is everything.
    if (readList(status)?.some((s) => s !== 'open' && s !== 'closed'))
      throw new AppError('invalid-field', { field: 'status', details: { problem: 'open or closed' } });
  }
  const span = searchSpan(word('start_date'), word('end_date'), rt.clock.nowMs());
  const found = await rt.system('integrations', (tx) =>
    findRequests(tx, {
      ids: readList(word('service_request_id')),
      codes: readList(word('service_code')),
      status: status === 'open' || status === 'closed' ? status : undefined,
      ...span,
    }),
  );
  const format = formatOf(request);
  return send(reply, format, writeList(format, 'service_requests', 'request', found));
}

async function receive(rt: Runtime, request: Request, reply: Reply): Promise<Reply> {
  const form: Form = request.body instanceof Map ? request.body : new Map();
  const key = request.headers['idempotency-key'];
  if (typeof key === 'string' && (key === '' || key.length > 200))
    throw new AppError('invalid-field', { field: 'Idempotency-Key' });
  const made = await receiveRequest(rt, form, typeof key === 'string' ? key : undefined, request.ip);
  const format = formatOf(request);
  const entry = { service_request_id: made.number, service_notice: null, account_id: null };
  return send(reply, format, writeList(format, 'service_requests', 'request', [entry]), made.replayed ? 200 : 201);
}
