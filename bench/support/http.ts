/** A small HTTP client with connections kept open: what it costs must not be what is measured. */
import { Agent, request as send } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** From sending to the last byte. */
  readonly ms: number;
}

export interface Client {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The JSON of an answer that must be 200. */
  json<T>(method: string, path: string, body?: unknown): Promise<T>;
  close(): void;
}

/** @param options.connections kept open at once; each carries one request at a time */
export function httpClient(
  baseUrl: string,
  options: { cookie?: string; connections?: number; agent?: Agent } = {},
): Client {
  const agent = options.agent ?? new Agent({ keepAlive: true, maxSockets: options.connections ?? 8 });
  const { hostname, port } = new URL(baseUrl);
  const client: Client = {
    call(method, path, body, more = {}) {
      const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
      const headers: Record<string, string | number> = { accept: 'application/json', 'x-wangge': '1', ...more };
      if (options.cookie !== undefined) headers['cookie'] = options.cookie;
      if (payload) {
        headers['content-type'] = 'application/json';
        headers['content-length'] = payload.length;
      }
      return new Promise((done, fail) => {
        const started = performance.now();
        const request = send({ agent, hostname, port, method, path, headers }, (response) => {
          const pieces: Buffer[] = [];
          response.on('data', (piece: Buffer) => pieces.push(piece));
          response.on('error', fail);
          response.on('end', () =>
            done({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(pieces),
              ms: performance.now() - started,
            }),
          );
        });
        request.on('error', fail);
        request.end(payload);
      });
    },
    async json<T>(method: string, path: string, body?: unknown): Promise<T> {
      const answer = await client.call(method, path, body);
      if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.body.toString()}`);
      return JSON.parse(answer.body.toString()) as T;
    },
    close: () => agent.destroy(),
  };
  return client;
}
