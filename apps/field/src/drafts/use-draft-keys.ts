import { useSyncExternalStore } from 'react';
import { draftKeys, onDraftKeys } from './draft-store.ts';

/** Keys of the drafts on this phone; the same set until one comes or goes. */
export function useDraftKeys(): ReadonlySet<string> {
  return useSyncExternalStore(onDraftKeys, draftKeys);
}
