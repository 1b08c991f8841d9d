import type { RouteCall, RouteOutput, RouteShape } from '@wangge/contract-kit';
import { errorOfResponse, networkError } from './call-error.ts';
import { requestUrl } from './request-url.ts';
import { noteServerDate } from './server-clock.ts';

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until the call counts as unanswered; 20 s unless told. */
  readonly timeoutMs?: number;
}

/** Where the server is. Empty in a browser (same origin); tests and scripts point it elsewhere. */
let origin = '';
export function setOrigin(address: string): void {
  origin = address.replace(/\/$/, '');
}
export function apiUrl(path: string): string {
  return origin + path;
}

/**
 * Call a route as its contract states it. The session travels in its cookie; changes carry the
 * header that other sites' pages cannot send.
 *
 * @returns the parsed answer; the server serialises by the same schema, so it is not checked again
 * @throws CallError for every answer that is not a success, `unavailable` with `offline` without an answer
 * @throws DOMException (AbortError) when the caller's own signal ended it
 * @example const row = await call(getIncident, { params: { id } }, { signal });
 */
export async function call<R extends RouteShape>(
  route: R,
  input: RouteCall<R>,
  options: CallOptions = {},
): Promise<RouteOutput<R>> {
  const { params, query, body } = input as { params?: unknown; query?: unknown; body?: unknown };
  const headers: Record<string, string> = { accept: 'application/json' };
  if (route.method !== 'GET') headers['x-wangge'] = '1';
  if (body !== undefined) headers['content-type'] = 'application/json';
  return send<RouteOutput<R>>(
    requestUrl(route.path, params, query),
    {
      method: route.method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
    options,
  );
}

/** One request and its answer as JSON; shared by routes and uploads. */
export async function send<T>(path: string, init: RequestInit, options: CallOptions): Promise<T> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? 20_000);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  try {
    const response = await fetch(apiUrl(path), { ...init, signal, credentials: 'same-origin' });
    if (!response.ok) throw await errorOfResponse(response);
    const answer = (await response.json()) as T;
    // Only an answer that could be read came from the server, and not from something in between.
    noteServerDate(response.headers.get('date'));
    return answer;
  } catch (error) {
    if (options.signal?.aborted) throw error;
    // fetch reports every network fault as TypeError, and a proxy's login page fails as JSON.
    if (error instanceof TypeError || error instanceof SyntaxError || timeout.aborted) throw networkError(error);
    throw error;
  }
}
