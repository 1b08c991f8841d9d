import { useEffect, useEffectEvent, useState } from 'react';

export interface QuickDispatch {
  /** The shown incident is to be dispatched as soon as it is known to whom. */
  readonly wanted: boolean;
  ask(): void;
  /** Forgets the wish; false when there was none. */
  drop(): boolean;
}

/**
 * The wish to dispatch the shown incident. It outlives the loading of what is needed for it, but not
 * the moment at which one looks at something else: nothing must be sent behind one's back.
 */
export function useQuickDispatch(shownId: string | null): QuickDispatch {
  const [askedId, setAskedId] = useState<string | null>(null);
  if (askedId !== null && askedId !== shownId) setAskedId(null);
  return {
    wanted: askedId !== null && askedId === shownId,
    ask: () => setAskedId(shownId),
    drop: () => {
      setAskedId(null);
      return askedId !== null;
    },
  };
}

/** Grants the wish once, as soon as it is known what it comes to. */
export function useGrant(quick: QuickDispatch, known: boolean, grant: () => void): void {
  const onKnown = useEffectEvent(() => {
    // Dropped before it is granted: what comes in meanwhile must not grant it again.
    quick.drop();
    grant();
  });
  useEffect(() => {
    if (quick.wanted && known) onKnown();
  }, [quick.wanted, known]);
}
