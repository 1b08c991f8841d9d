import { useState } from 'react';
import { useMe } from '../session/me.tsx';

/**
 * A choice from a closed list that this browser keeps for the signed-in account: two people at one desk each
 * have their own. Words that are no longer known are dropped, so that an old choice never breaks a new page.
 */
export function useRemembered<T extends string>(
  name: string,
  known: readonly T[],
  initial: readonly T[],
): readonly [readonly T[], (next: readonly T[]) => void] {
  const { account } = useMe();
  const key = `wangge.console.${name}.${account.id}`;
  const [value, setValue] = useState<readonly T[]>(() => readChoice(readStored(key), known) ?? initial);
  const set = (next: readonly T[]): void => {
    setValue(next);
    try {
      localStorage.setItem(key, next.join(','));
    } catch {
      // A browser that keeps nothing: the choice holds until the page is left.
    }
  };
  return [value, set];
}

/** The known words of a stored list in their own order; null where nothing was stored. */
export function readChoice<T extends string>(stored: string | null, known: readonly T[]): readonly T[] | null {
  if (stored === null) return null;
  const words = new Set(stored.split(','));
  return known.filter((word) => words.has(word));
}

function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
