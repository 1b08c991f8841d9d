import { useSyncExternalStore } from 'react';
import { draftKeys, onDraftKeys } from './draft-store.ts';

/** Whether a draft is kept under a key. */
export function useHasDraft(key: string): boolean {
  return useSyncExternalStore(onDraftKeys, () => draftKeys().has(key));
}
