import { apiUrl } from '../call.ts';
import { sseParser, type SseEvent } from './sse-parser.ts';

export interface SourceListener {
  readonly event: (event: SseEvent) => void;
  /** Bytes arrived: an event or a heartbeat. */
  readonly contact: () => void;
  /** The connection was opened (`resumed`: the server was told where we stopped). */
  readonly open: (resumed: boolean) => void;
  /** The connection was lost or refused; `status` is 401 when the session ended. */
  readonly lost: (status: number | null, failures: number) => void;
}

/** Heartbeats come each 15 s: two missed and some slack mean that nobody is there. */
const silenceLimitMs = 40_000;
const slowestRetryMs = 10_000;

/**
 * Keep one stream of `GET /api/live` open: reconnects with growing pauses, resumes with
 * `Last-Event-ID`, drops a connection that went silent, tries at once when the network comes back.
 */
export function openSource(path: string, listener: SourceListener): { close(): void } {
  let closed = false;
  let failures = 0;
  let lastId = '';
  let retryMs = 500;
  let abort = new AbortController();
  let wake: (() => void) | null = null;

  const tryNow = (): void => wake?.();
  // A network that went away leaves the connection half open; the browser knows sooner than the silence.
  const cut = (): void => abort.abort();
  globalThis.addEventListener?.('online', tryNow);
  globalThis.addEventListener?.('offline', cut);

  const readOnce = async (): Promise<number | null> => {
    abort = new AbortController();
    let silence: ReturnType<typeof setTimeout> | undefined;
    const listen = (): void => {
      clearTimeout(silence);
      silence = setTimeout(() => abort.abort(), silenceLimitMs);
    };
    listen();
    try {
      const headers: Record<string, string> = { accept: 'text/event-stream' };
      if (lastId !== '') headers['last-event-id'] = lastId;
      const response = await fetch(apiUrl(path), {
        headers,
        signal: abort.signal,
        credentials: 'same-origin',
        cache: 'no-store',
      });
      if (!response.ok || response.body === null) return response.status;
      failures = 0;
      listener.open(lastId !== '');
      listener.contact();
      const parser = sseParser(lastId);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return null;
        listen();
        listener.contact();
        for (const event of parser.push(value)) {
          lastId = event.id;
          listener.event(event);
        }
        retryMs = parser.retryMs ?? retryMs;
      }
    } catch {
      return null;
    } finally {
      clearTimeout(silence);
      abort.abort();
    }
  };

  const run = async (): Promise<void> => {
    while (!closed) {
      const status = await readOnce();
      if (closed) return;
      failures += 1;
      listener.lost(status, failures);
      const pauseMs = Math.min(retryMs * 2 ** Math.min(failures - 1, 6), slowestRetryMs);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pauseMs * (0.75 + Math.random() / 2));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      wake = null;
    }
  };
  void run();

  return {
    close() {
      closed = true;
      globalThis.removeEventListener?.('online', tryNow);
      globalThis.removeEventListener?.('offline', cut);
      abort.abort();
      wake?.();
    },
  };
}
