/** Speaks to a running platform over HTTP, as a person at a desk would. */

export interface Sign {
  readonly login: string;
  readonly password: string;
}

export interface TownClient {
  get(path: string): Promise<unknown>;
  post(path: string, body: unknown): Promise<unknown>;
}

/** The platform said no: `status` of HTTP, 0 where it was not reached. */
export class TownError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const waitMs = 20_000;

/** Signs in. @throws TownError where the address does not answer or the password is refused */
export async function signIn(baseUrl: string, sign: Sign): Promise<TownClient> {
  let cookie = '';
  const call = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<Response> => {
    const url = new URL(path, baseUrl);
    try {
      return await fetch(url, {
        method,
        signal: AbortSignal.timeout(waitMs),
        redirect: 'error',
        headers: { 'x-wangge': '1', 'content-type': 'application/json', ...(cookie === '' ? {} : { cookie }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (error) {
      throw new TownError(0, `${url.origin} does not answer: ${reasonOf(error)}`);
    }
  };
  const read = async (response: Response, what: string): Promise<unknown> => {
    const text = await response.text();
    if (!response.ok) throw new TownError(response.status, `${what}: ${response.status} ${text.slice(0, 300)}`);
    return JSON.parse(text) as unknown;
  };
  const answer = await call('POST', '/api/session', sign);
  cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  await read(answer, `sign in as ${sign.login}`);
  return {
    get: async (path) => read(await call('GET', path), path),
    post: async (path, body) => read(await call('POST', path, body), path),
  };
}

/** fetch hides what went wrong behind "fetch failed". */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error) return cause.message || String((cause as NodeJS.ErrnoException).code);
  return error instanceof Error ? error.message : String(error);
}
