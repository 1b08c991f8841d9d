/** A small real server that speaks a provider's shape. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}
export interface Simulator {
  readonly url: string;
  readonly host: string;
  /** Everything that was asked, refused or not. */
  readonly asked: Asked[];
  close(): Promise<void>;
}
/** `null`: hangs up without an answer, after having taken what was sent. */
export type Reply = { status: number; body?: unknown } | null;

export async function simulator(answer: (asked: Asked) => Reply | Promise<Reply>): Promise<Simulator> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const one = {
        url: new URL(request.url ?? '/', 'http://simulator'),
        headers: request.headers,
        body: Buffer.concat(parts),
      };
      asked.push(one);
      void Promise.resolve(answer(one)).then((reply) => {
        if (!reply) {
          request.socket.destroy();
          return;
        }
        response.writeHead(reply.status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(reply.body ?? {}));
      });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    asked,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
