import { coalesce, type CoalesceOptions, type LiveBatch } from './coalesce.ts';
import { openFeed, type FeedNews } from './live-feed.ts';
import { startingStatus, type LiveStatus } from './live-status.ts';

export interface LiveConnection {
  /** Batches of what changed, at most one a second. Returns the way out. */
  subscribe(listener: (batch: LiveBatch) => void): () => void;
  /** The present status; the same object until something changes. */
  status(): LiveStatus;
  onStatus(listener: (status: LiveStatus) => void): () => void;
  close(): void;
}

export interface LiveOptions extends CoalesceOptions {
  readonly path?: string;
  /** Tabs with equal names share one stream. */
  readonly shareName?: string;
}

type Wire = FeedNews | { readonly kind: 'ask' };

/**
 * Listen to live changes. All tabs of a browser share one stream (six connections are all that
 * HTTP/1.1 gives): the tab that holds a Web Lock reads it and tells the others over a
 * BroadcastChannel; when it closes, another one takes the lock and everybody refetches.
 */
export function liveConnection(options: LiveOptions = {}): LiveConnection {
  const { path = '/api/live', shareName = 'wangge-live' } = options;
  const batchListeners = new Set<(batch: LiveBatch) => void>();
  const statusListeners = new Set<(status: LiveStatus) => void>();
  const batches = coalesce((batch) => batchListeners.forEach((tell) => tell(batch)), options);
  let status = startingStatus;

  const take = (news: FeedNews): void => {
    if (news.kind === 'message') batches.push(news.message);
    else if (news.kind === 'reset') batches.reset();
    else {
      status = news.status;
      statusListeners.forEach((tell) => tell(status));
    }
  };

  const locks = globalThis.navigator?.locks;
  const canShare = locks !== undefined && typeof BroadcastChannel !== 'undefined';
  const stop = canShare ? joinShared(path, shareName, locks, take) : openFeed(path, take).close;

  return {
    subscribe(listener) {
      batchListeners.add(listener);
      return () => batchListeners.delete(listener);
    },
    status: () => status,
    onStatus(listener) {
      statusListeners.add(listener);
      return () => statusListeners.delete(listener);
    },
    close() {
      stop();
      batches.stop();
    },
  };
}

function joinShared(path: string, name: string, locks: LockManager, take: (news: FeedNews) => void): () => void {
  const channel = new BroadcastChannel(name);
  const leaving = new AbortController();
  let feed: ReturnType<typeof openFeed> | null = null;

  channel.onmessage = (event: MessageEvent<Wire>) => {
    if (event.data.kind !== 'ask') take(event.data);
    else if (feed) channel.postMessage({ kind: 'status', status: feed.status() } satisfies Wire);
  };
  channel.postMessage({ kind: 'ask' } satisfies Wire);

  // Holding the lock also keeps browsers from freezing the tab that reads for all.
  const lead = (): Promise<void> =>
    new Promise((resolve) => {
      const leave = (): void => {
        feed?.close();
        feed = null;
        resolve();
      };
      if (leaving.signal.aborted) return leave();
      feed = openFeed(path, (news) => {
        take(news);
        channel.postMessage(news satisfies Wire);
      });
      leaving.signal.addEventListener('abort', leave, { once: true });
    });
  locks.request(name, { signal: leaving.signal }, lead).catch((error: unknown) => {
    if (!leaving.signal.aborted) throw error;
  });

  return () => {
    leaving.abort();
    channel.close();
  };
}
