import { useSyncExternalStore } from 'react';
import { useClockOffset } from './data/live-context.tsx';

/** One timer for all countdowns on the page instead of one per row. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let nowMs = Date.now();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === null) {
    nowMs = Date.now();
    timer = setInterval(() => {
      nowMs = Date.now();
      listeners.forEach((tell) => tell());
    }, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  };
}

/**
 * The server's time, in steps of `stepMs` (a row that shows minutes need not draw each second).
 */
export function useNow(stepMs = 1000): number {
  const offsetMs = useClockOffset();
  const step = (): number => Math.floor((nowMs + offsetMs) / stepMs) * stepMs;
  return useSyncExternalStore(subscribe, step);
}
