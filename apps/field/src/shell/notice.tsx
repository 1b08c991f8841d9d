import { useSyncExternalStore } from 'react';

/** One short sentence about something that worked; read out, and gone after four seconds. */
let text = '';
let timer: ReturnType<typeof setTimeout> | null = null;
const listeners = new Set<() => void>();

function set(next: string): void {
  text = next;
  listeners.forEach((tell) => tell());
}

export function say(sentence: string): void {
  if (timer !== null) clearTimeout(timer);
  set(sentence);
  timer = setTimeout(() => set(''), 4000);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Stands in the page from the start: screen readers only hear changes of regions they know. */
export function Notice() {
  const now = useSyncExternalStore(subscribe, () => text);
  return (
    <div className={`notice${now === '' ? '' : ' notice-shown'}`} role="status" aria-live="polite">
      {now}
    </div>
  );
}
