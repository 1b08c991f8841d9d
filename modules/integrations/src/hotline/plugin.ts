/** `/hotline/v1`: another system delivers its orders and fetches the answers, by the key of a client. */
import { AppError } from '@wangge/contract-kit';
import { type Actor, type Call, errorBodyOf, type Module, type Runtime, toAppError } from '@wangge/kernel';
import { z } from 'zod';
import { clientByKey } from '../actions/clients.ts';
import type { HotlineSource } from '../contract/hotline.ts';
import { type Answer, answersSince, type Since } from './answers.ts';
import type { FileRow } from './read-file.ts';
import { sourceOfClient } from './sources.ts';
import { takeIn } from './take-in.ts';

type App = Parameters<NonNullable<Module['plugin']>>[0];
type Request = Call['request'];

const base = '/hotline/v1';
const mostOrders = 500;
const mostAnswers = 500;

const ordersSchema = z.object({
  /** Rows under the source's own headings. */
  orders: z
    .array(
      z.record(
        z.string().max(100),
        z
          .union([z.string().max(4000), z.number(), z.boolean(), z.null()])
          .transform((v) => (v === null ? '' : String(v).trim())),
      ),
    )
    .max(mostOrders),
});

/** @throws AppError `wrong-credentials` for no key, a wrong or revoked one, and one without a source */
async function callerOf(rt: Runtime, request: Request): Promise<{ actor: Actor; source: HotlineSource }> {
  const header = request.headers['x-api-key'];
  const client = await clientByKey(rt, typeof header === 'string' ? header : '');
  const source = client && (await rt.system('integrations', (tx) => sourceOfClient(tx, client.id)));
  if (!client || !source) throw new AppError('wrong-credentials', { field: 'x-api-key' });
  return { actor: { kind: 'client', ...client, posts: [], address: request.ip }, source };
}

/** Every row has every heading, so that one that is missing everywhere is a fault of the mapping and not of a row. */
function rowsOf(orders: readonly Readonly<Record<string, string>>[]): FileRow[] {
  const names = [...new Set(orders.flatMap((order) => Object.keys(order)))];
  return orders.map((order, i) => ({
    line: i + 1,
    cells: Object.fromEntries(names.map((name) => [name, Object.hasOwn(order, name) ? (order[name] ?? '') : ''])),
  }));
}

/** A moment of ISO 8601, or what an earlier answer gave as `next`. */
function readSince(text: unknown): Since {
  if (text === undefined || text === '') return { ms: 0, outerNumber: '' };
  const ms = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(ms) && /^\d{4}-\d{2}-\d{2}/.test(String(text))) return { ms, outerNumber: '' };
  try {
    const [at, outerNumber] = z
      .tuple([z.number().int().min(0).max(8.64e15), z.string().max(100)])
      .parse(JSON.parse(Buffer.from(String(text), 'base64url').toString()));
    return { ms: at, outerNumber };
  } catch (cause) {
    throw new AppError('invalid-field', { field: 'since', cause });
  }
}
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
const entryOf = ({ outerNumber, row, number, state, closedAtMs, updatedAtMs, answer }: Answer) => ({
  outerNumber,
  row,
  number,
  state,
  closedAt: iso(closedAtMs),
  updatedAt: iso(updatedAtMs),
  answer,
});

export async function registerHotline(app: App, rt: Runtime): Promise<void> {
  const config = {
    config: {
      access: 'public' as const,
      csrf: 'off' as const,
      ...(rt.config.rateLimits ? { rateLimit: { max: 120, timeWindow: 60_000 } } : {}),
    },
  };
  await app.register((scope, _options, done) => {
    scope.setErrorHandler((thrown, request, reply) => {
      const { error, unexpected } = toAppError(thrown);
      if (unexpected) request.log.error({ err: thrown }, 'unexpected error');
      return reply.code(error.status).send(errorBodyOf(error));
    });
    scope.post(`${base}/orders`, { ...config, bodyLimit: 4 * 1024 * 1024 }, async (request) => {
      const { actor, source } = await callerOf(rt, request);
      const body = ordersSchema.safeParse(request.body);
      if (!body.success) {
        throw new AppError('invalid-field', { field: body.error.issues[0]?.path.join('.') || 'orders' });
      }
      return rt.system('integrations', (tx) => takeIn(tx, source, rowsOf(body.data.orders), actor));
    });
    scope.get(`${base}/answers`, config, async (request) => {
      const { actor, source } = await callerOf(rt, request);
      const since = readSince((request.query as Record<string, unknown>)['since']);
      return rt.system('integrations', async (tx) => {
        const { answers, more } = await answersSince(tx, source.id, since, mostAnswers);
        tx.audit({
          action: 'integrations.fetch-answers',
          subject: { kind: 'hotline-source', id: source.id },
          details: { answers: answers.length, by: actor.name },
        });
        const last = answers.at(-1);
        const next = last ? [last.updatedAtMs, last.outerNumber] : [since.ms, since.outerNumber];
        return {
          answers: answers.map(entryOf),
          next: Buffer.from(JSON.stringify(next)).toString('base64url'),
          more,
        };
      });
    });
    done();
  });
}
