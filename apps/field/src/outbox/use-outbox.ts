import { useSyncExternalStore } from 'react';
import type { OutboxItem } from './item.ts';
import { onOutbox, outboxItems } from './kept.ts';

/** What this person made on this phone: waiting, stuck, and sent within the last day. */
export function useOutbox(): readonly OutboxItem[] {
  return useSyncExternalStore(onOutbox, outboxItems);
}
export function useOutboxItem(id: string): OutboxItem | null {
  return useOutbox().find((item) => item.id === id) ?? null;
}
