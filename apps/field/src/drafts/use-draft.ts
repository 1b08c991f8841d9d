import { useCallback, useEffect, useRef, useState } from 'react';
import { dropDraft, noteDraftGone, readDraft, writeDraft } from './draft-store.ts';

export interface Draft<T> {
  /** Null while the kept draft is being read. */
  readonly value: T | null;
  readonly change: (change: (now: T) => T) => void;
  /** Forget it and begin anew. */
  readonly clear: () => void;
  /**
   * Gives it to something that drops the stored draft itself: meanwhile and afterwards nothing of it is
   * written any more. When that fails, all is as it was.
   */
  readonly handOver: (take: () => Promise<void>) => Promise<void>;
  /** False where this browser keeps nothing. */
  readonly kept: boolean;
  /** What the form shows now is on the phone; false for the moment in which it is still being written. */
  readonly saved: boolean;
}

export interface DraftKind<T> {
  readonly fresh: () => T;
  /** Nothing that a person would miss: not kept. */
  readonly isEmpty: (value: T) => boolean;
}

const writeAfterMs = 250;

/** A form's content that survives reloads, under a key. `kind` must not change between renders. */
export function useDraft<T>(key: string, kind: DraftKind<T>): Draft<T> {
  const [value, setValue] = useState<T | null>(null);
  const [kept, setKept] = useState(true);
  const [saved, setSaved] = useState(false);
  const latest = useRef<T | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const chain = useRef<Promise<void>>(Promise.resolve());
  const held = useRef(false);

  const write = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    const now = latest.current;
    if (now === null || held.current) return;
    // One after the other, so that an older content never lands on a newer one.
    chain.current = chain.current
      .then(() => (kind.isEmpty(now) ? dropDraft(key) : writeDraft(key, now)))
      .then(() => {
        setKept(true);
        // Changed again in the meantime: the next write says it.
        setSaved(latest.current === now);
      })
      .catch(() => setKept(false));
  }, [key, kind]);

  const set = useCallback(
    (next: T) => {
      latest.current = next;
      setValue(next);
      setSaved(false);
      timer.current ??= setTimeout(write, writeAfterMs);
    },
    [write],
  );

  useEffect(() => {
    let left = false;
    const begin = (found: T | null): void => {
      if (left) return;
      latest.current = found ?? kind.fresh();
      setValue(latest.current);
      setSaved(found !== null);
    };
    readDraft<T>(key)
      .then(begin)
      .catch(() => {
        if (!left) setKept(false);
        begin(null);
      });
    const leave = (): void => {
      if (timer.current !== null) write();
    };
    addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', leave);
    return () => {
      left = true;
      leave();
      removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', leave);
    };
  }, [key, kind, write]);

  const change = useCallback(
    (step: (now: T) => T) => {
      if (latest.current !== null) set(step(latest.current));
    },
    [set],
  );
  const clear = useCallback(() => {
    latest.current = kind.fresh();
    setValue(latest.current);
    write();
  }, [kind, write]);
  const handOver = useCallback(
    async (take: () => Promise<void>) => {
      held.current = true;
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
      // A write that is still under way must not come after the end of the draft.
      await chain.current;
      try {
        await take();
        noteDraftGone(key);
      } catch (error) {
        held.current = false;
        write();
        throw error;
      }
    },
    [key, write],
  );
  return { value, change, clear, handOver, kept, saved };
}
