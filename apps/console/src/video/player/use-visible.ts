import { type RefObject, useEffect, useState } from 'react';

/** Whether an element is on the screen, in a tab that is in front. */
export function useVisible(target: RefObject<HTMLElement | null>): boolean {
  const [inSight, setInSight] = useState(false);
  const [inFront, setInFront] = useState(() => document.visibilityState === 'visible');
  useEffect(() => {
    const element = target.current;
    if (!element) return undefined;
    const watch = new IntersectionObserver((entries) => setInSight(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: '80px',
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [target]);
  useEffect(() => {
    const change = (): void => setInFront(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', change);
    return () => document.removeEventListener('visibilitychange', change);
  }, []);
  return inSight && inFront;
}
