import type { LiveMessage } from '@wangge/contract-kit';
import { openSource } from './sse-source.ts';
import { afterLoss, startingStatus, type LiveStatus } from './live-status.ts';

/** What the tab that holds the stream tells itself and the other tabs. */
export type FeedNews =
  | { readonly kind: 'message'; readonly message: LiveMessage }
  | { readonly kind: 'reset' }
  | { readonly kind: 'status'; readonly status: LiveStatus };

/** The stream turned into news: messages, resets, and the state of the connection. */
export function openFeed(path: string, tell: (news: FeedNews) => void): { status(): LiveStatus; close(): void } {
  let status = startingStatus;
  const set = (next: LiveStatus): void => {
    status = next;
    tell({ kind: 'status', status });
  };
  const source = openSource(path, {
    open: (resumed) => {
      set({ ...status, state: 'live', lastContactMs: Date.now(), signedOut: false });
      // A stream that starts anew cannot know what happened before: everything shown is refetched.
      if (!resumed) tell({ kind: 'reset' });
    },
    contact: () => {
      const nowMs = Date.now();
      // Once a second is plenty for "last contact", however many messages come.
      if (status.lastContactMs === null || nowMs - status.lastContactMs >= 1000)
        set({ ...status, state: 'live', lastContactMs: nowMs });
    },
    lost: (code, failures) => set(afterLoss(status, code, failures, globalThis.navigator?.onLine !== false)),
    event: ({ event, data }) => {
      if (event === 'reset') tell({ kind: 'reset' });
      else if (event === 'hello') set({ ...status, clockOffsetMs: offsetOf(data) });
      else if (event === 'message') {
        const message = messageOf(data);
        if (message) tell({ kind: 'message', message });
      }
    },
  });
  return { status: () => status, close: () => source.close() };
}

function messageOf(data: string): LiveMessage | null {
  const value = parse(data);
  return typeof value?.['type'] === 'string' && typeof value['id'] === 'string' && typeof value['areaPath'] === 'string'
    ? { type: value['type'], id: value['id'], areaPath: value['areaPath'] }
    : null;
}

/** `hello` carries the server's time, as `{nowMs}`. */
function offsetOf(data: string): number {
  const value = parse(data);
  const nowMs = value?.['nowMs'];
  return typeof nowMs === 'number' ? nowMs - Date.now() : 0;
}

function parse(data: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
