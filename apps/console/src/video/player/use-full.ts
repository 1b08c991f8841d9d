import { type RefObject, useEffect, useState } from 'react';

/** Full screen of one element; phones that cannot do it get no button. */
export function useFull(target: RefObject<HTMLElement | null>): {
  readonly can: boolean;
  readonly is: boolean;
  readonly toggle: () => void;
} {
  const [is, setIs] = useState(false);
  useEffect(() => {
    const change = (): void => setIs(document.fullscreenElement === target.current && target.current !== null);
    document.addEventListener('fullscreenchange', change);
    return () => document.removeEventListener('fullscreenchange', change);
  }, [target]);
  return {
    can: document.fullscreenEnabled,
    is,
    // Refused where the page may not: the button then does nothing.
    toggle: () => void (is ? document.exitFullscreen() : target.current?.requestFullscreen())?.catch(() => undefined),
  };
}
