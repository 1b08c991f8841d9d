import { useEffect, useState } from 'react';

export interface Tour {
  readonly page: number;
  readonly leftS: number;
  readonly go: (by: number) => void;
}

/** Counts the seconds of a group and turns to the next one; stands still while somebody is at it. */
export function useTour(pages: number, dwellS: number, running: boolean, held: boolean): Tour {
  const [at, setAt] = useState({ page: 0, leftS: dwellS });
  const still = !running || held || pages < 2;
  useEffect(() => {
    if (still) return undefined;
    const second = setInterval(
      () =>
        setAt(({ page, leftS }) =>
          leftS > 1 ? { page, leftS: leftS - 1 } : { page: (page + 1) % pages, leftS: dwellS },
        ),
      1000,
    );
    return () => clearInterval(second);
  }, [still, pages, dwellS]);
  return {
    page: pages === 0 ? 0 : at.page % pages,
    leftS: Math.min(at.leftS, dwellS),
    go: (by) => setAt(({ page }) => ({ page: (page + by + pages) % Math.max(1, pages), leftS: dwellS })),
  };
}
