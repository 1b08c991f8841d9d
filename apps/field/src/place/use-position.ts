import { useSyncExternalStore } from 'react';
import { currentPosition, watchPosition, type Position } from './position.ts';

const idle = (): (() => void) => () => undefined;

/** Where the phone is; the receiver runs while a component with `wanted` is on the page. */
export function usePosition(wanted = true): Position {
  return useSyncExternalStore(wanted ? watchPosition : idle, currentPosition);
}
