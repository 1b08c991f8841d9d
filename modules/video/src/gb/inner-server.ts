/** The SIP process's door for the other processes: HTTP, each request signed with the installation's key. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { GbError } from '@wangge/gb28181';
import type { Runtime } from '@wangge/kernel';
import {
  innerCalls,
  innerFreshMs,
  innerHeader,
  type InnerInput,
  type InnerName,
  type InnerOutput,
  innerPurpose,
} from './inner-calls.ts';

export type InnerHandlers = { readonly [N in InnerName]: (input: InnerInput<N>) => Promise<InnerOutput<N>> };
/** A session that is not there (any more). */
export class NoSession extends Error {}

const longestBody = 64 * 1024;

/** The caller listens and closes. */
export function innerServer(rt: Runtime, handlers: InnerHandlers): Server {
  const byPath = new Map(Object.entries(innerCalls).map(([name, call]) => [call.path, name as InnerName]));
  return createServer((request, response) => {
    answer(rt, byPath, handlers, request).then(
      ({ status, body }) => send(response, status, body),
      (error: unknown) => {
        rt.log.error({ err: error, path: request.url }, 'an inner request failed');
        send(response, 500, { code: 'internal', message: 'internal' });
      },
    );
  });
}

async function answer(
  rt: Runtime,
  byPath: ReadonlyMap<string, InnerName>,
  handlers: InnerHandlers,
  request: IncomingMessage,
): Promise<{ status: number; body: unknown }> {
  const path = request.url ?? '';
  const name = byPath.get(path);
  const text = await readBody(request);
  if (text === null) return { status: 413, body: { code: 'value', message: 'body' } };
  if (!signed(rt, String(request.headers[innerHeader] ?? ''), path, text)) {
    return { status: 403, body: { code: 'refused', message: 'signature' } };
  }
  if (name === undefined || request.method !== 'POST') return { status: 404, body: { code: 'value', message: 'path' } };
  const input = innerCalls[name].input.safeParse(parseJson(text));
  if (!input.success) return { status: 400, body: { code: 'value', message: input.error.issues[0]?.message ?? '' } };
  try {
    const run = handlers[name] as (input: unknown) => Promise<unknown>;
    return { status: 200, body: await run(input.data) };
  } catch (error) {
    if (error instanceof NoSession) return { status: 404, body: { code: 'session', message: 'no such session' } };
    if (error instanceof GbError) return { status: 409, body: { code: error.code, message: error.message } };
    throw error;
  }
}

/** `<ms>.<signature>`: of this installation, of just now, of this very request. */
function signed(rt: Runtime, header: string, path: string, text: string): boolean {
  const [ms = '', signature = ''] = header.split('.');
  if (!(Math.abs(Number(ms) - Date.now()) < innerFreshMs)) return false;
  return rt.keys.verify(signature, innerPurpose, ms, path, text);
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > longestBody) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
