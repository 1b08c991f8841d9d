/** What waits on this phone, as all its tabs see it. */
import type { OutboxItem } from './item.ts';
import { diskStore, memoryStore, type OutboxStore } from './outbox-store.ts';

const channelName = 'wangge-outbox';
let store: OutboxStore = diskStore;
let accountId: string | null = null;
let items: readonly OutboxItem[] = [];
let channel: BroadcastChannel | null = null;
let lastHeardMs = 0;
const listeners = new Set<() => void>();

/** Of the person who is signed in, oldest first; the same array until something changes. */
export function outboxItems(): readonly OutboxItem[] {
  return items;
}
export function onOutbox(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
export function outboxStore(): OutboxStore {
  return store;
}
/** Null while nobody is signed in. */
export function outboxAccount(): string | null {
  return accountId;
}

async function reload(): Promise<void> {
  const all = await store.all();
  items = all.filter((item) => item.accountId === accountId);
  listeners.forEach((tell) => tell());
}
/** Reads anew, here and in the other tabs. */
export async function outboxChanged(): Promise<void> {
  channel?.postMessage('changed');
  lastHeardMs = Date.now();
  await reload();
}
/** One step of one item; null removes it. */
export async function changeItem(id: string, step: (now: OutboxItem) => OutboxItem | null): Promise<OutboxItem | null> {
  const next = await store.change(id, step);
  await outboxChanged();
  return next;
}
/** When any tab last did something. */
export function lastHeardOfOutboxMs(): number {
  return lastHeardMs;
}

/** From now on the items are this person's. */
export async function showOutboxOf(id: string): Promise<void> {
  accountId = id;
  lastHeardMs = Date.now();
  if (typeof BroadcastChannel !== 'undefined') {
    channel = new BroadcastChannel(channelName);
    channel.onmessage = () => {
      lastHeardMs = Date.now();
      reload().catch(() => undefined);
    };
  }
  try {
    await reload();
  } catch {
    // A private window: better kept until the page is closed than not at all.
    store = memoryStore();
    await reload();
  }
}
export function hideOutbox(): void {
  channel?.close();
  channel = null;
  accountId = null;
  items = [];
  listeners.forEach((tell) => tell());
}
