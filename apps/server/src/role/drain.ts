/** Lets requests that are under way finish before the service closes. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/**
 * Start counting; the answer stops listening and resolves when every request is answered, or after the
 * given time. Streams of live changes have no end, so they do not count.
 */
export function drainer(server: Server): (graceMs: number) => Promise<void> {
  const open = new Set<ServerResponse>();
  let idle: (() => void) | undefined;
  let draining = false;
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (draining && request.httpVersionMajor === 1) response.setHeader('connection', 'close');
    if (request.headers.accept?.includes('text/event-stream') === true) return;
    open.add(response);
    response.once('close', () => {
      open.delete(response);
      if (open.size === 0) idle?.();
    });
  });
  return (graceMs) =>
    new Promise((done) => {
      draining = true;
      server.close();
      const timer = setTimeout(done, graceMs);
      idle = () => {
        clearTimeout(timer);
        done();
      };
      if (open.size === 0) idle();
    });
}
