import { useQueryClient, type Query, type QueryClient } from '@tanstack/react-query';
import type { LiveBatch, LiveStatus } from '@wangge/client';
import { createContext, use, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { liveHub } from './live-hub.ts';
import { isConcerned, type LiveInterest } from './live-interest.ts';

/** Outside of a provider (the page for signing in) nothing is live and nothing fails. */
const LiveContext = createContext(liveHub());

/** Keeps the live stream open below it and refetches every query that a message concerns. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [hub] = useState(() => liveHub());
  useEffect(() => {
    const stop = hub.onBatch((batch) => void refetchConcerned(client, batch));
    const close = hub.start();
    return () => {
      stop();
      close();
    };
  }, [client, hub]);
  return <LiveContext value={hub}>{children}</LiveContext>;
}

async function refetchConcerned(client: QueryClient, batch: LiveBatch): Promise<void> {
  const concerned = (query: Query): boolean =>
    isConcerned((query.meta as { live?: LiveInterest } | undefined)?.live, batch);
  const cache = client.getQueryCache();
  const underway = cache.findAll({ predicate: (q) => concerned(q) && q.state.fetchStatus === 'fetching' });
  // Not cancelling what is under way, or a steady storm would never let an answer arrive; but that
  // answer may be older than the change, so those are fetched once more.
  await client.invalidateQueries({ predicate: concerned }, { cancelRefetch: false });
  if (underway.length > 0) await client.invalidateQueries({ predicate: (q) => underway.includes(q) });
}

/** State of the live connection, for bars and tags. */
export function useLiveStatus(): LiveStatus {
  const hub = use(LiveContext);
  return useSyncExternalStore(hub.onStatus, hub.status);
}
/** Server's clock minus this machine's, in milliseconds. */
export function useClockOffset(): number {
  return useLiveStatus().clockOffsetMs;
}
/** Run something for each batch, beyond refetching (sounds, hints). */
export function useLiveBatches(listener: (batch: LiveBatch) => void): void {
  const hub = use(LiveContext);
  useEffect(() => hub.onBatch(listener), [hub, listener]);
}
