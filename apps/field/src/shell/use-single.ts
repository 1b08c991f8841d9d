import { useState } from 'react';

export interface Single {
  /** Begins what is not under way already. */
  readonly begin: (work: () => void) => void;
  /** Hands through what was begun, and lets the next begin when it is over, however it ended. */
  readonly until: <T>(work: Promise<T>) => Promise<T>;
  readonly isBusy: () => boolean;
}

function createSingle(): Single {
  let busy = false;
  return {
    begin: (work) => {
      if (busy) return;
      busy = true;
      work();
    },
    until: async (work) => {
      try {
        return await work;
      } finally {
        busy = false;
      }
    },
    isBusy: () => busy,
  };
}

/**
 * One at a time. The button turns grey only with the next picture; a wet thumb taps twice before that,
 * and both taps mean the same.
 */
export function useSingle(): Single {
  const [single] = useState(createSingle);
  return single;
}
