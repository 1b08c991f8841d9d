import { liveConnection, type LiveBatch, type LiveConnection, type LiveStatus } from '@wangge/client';

/** A place to listen at that outlives the connection: React may mount, unmount and mount again. */
export interface LiveHub {
  start(): () => void;
  status(): LiveStatus;
  onStatus(listener: () => void): () => void;
  onBatch(listener: (batch: LiveBatch) => void): () => void;
}

const quiet: LiveStatus = { state: 'stale', lastContactMs: null, clockOffsetMs: 0, signedOut: false };

export function liveHub(connect: () => LiveConnection = liveConnection): LiveHub {
  const batchListeners = new Set<(batch: LiveBatch) => void>();
  const statusListeners = new Set<() => void>();
  let status = quiet;
  return {
    start() {
      const connection = connect();
      connection.subscribe((batch) => batchListeners.forEach((tell) => tell(batch)));
      connection.onStatus((next) => {
        status = next;
        statusListeners.forEach((tell) => tell());
      });
      return () => connection.close();
    },
    status: () => status,
    onStatus(listener) {
      statusListeners.add(listener);
      return () => statusListeners.delete(listener);
    },
    onBatch(listener) {
      batchListeners.add(listener);
      return () => batchListeners.delete(listener);
    },
  };
}
