/** A thousand browsers' live streams in one process, over sockets of their own. */
import { Agent, get, type ClientRequest } from 'node:http';
import { type SseEvent, sseParser } from '../../packages/client/src/live/sse-parser.ts';

export interface EventStreams {
  /** Streams that the server ended or broke. */
  readonly lost: number;
  close(): void;
}

/**
 * Opens one stream for each cookie and resolves when all were greeted.
 *
 * @param onEvent `stream` is the index of its cookie
 */
export async function openStreams(
  url: string,
  cookies: readonly string[],
  onEvent: (stream: number, event: SseEvent) => void,
): Promise<EventStreams> {
  const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
  const requests: ClientRequest[] = [];
  let lost = 0;
  let closed = false;
  const open = (stream: number, cookie: string): Promise<void> =>
    new Promise((greeted, fail) => {
      const headers = { accept: 'text/event-stream', cookie };
      const request = get(`${url}/api/live`, { agent, headers }, (response) => {
        if (response.statusCode !== 200) return fail(new Error(`stream ${stream}: ${response.statusCode}`));
        const parser = sseParser();
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          for (const event of parser.push(text)) {
            if (event.event === 'ready') greeted();
            else onEvent(stream, event);
          }
        });
        response.on('close', () => {
          if (!closed) lost++;
        });
        response.on('error', () => undefined);
      });
      request.on('error', (error) => (closed ? undefined : fail(error)));
      requests.push(request);
    });
  // Some dozens at a time: a listen queue is shorter than a thousand.
  for (let from = 0; from < cookies.length; from += 50) {
    await Promise.all(cookies.slice(from, from + 50).map((cookie, n) => open(from + n, cookie)));
  }
  return {
    get lost() {
      return lost;
    },
    close() {
      closed = true;
      for (const request of requests) request.destroy();
      agent.destroy();
    },
  };
}
