import { call, isCallError } from '@wangge/client';
import { getMe, sharePosition } from '@wangge/staff/contract';
import { useRefresh } from '@wangge/ui';
import { createContext, use, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useMe } from '../session/me.tsx';
import type { Fix, Position } from './position.ts';
import { isWorthSharing } from './share-rule.ts';
import { usePosition } from './use-position.ts';

export interface Sharing {
  readonly onDuty: boolean;
  readonly position: Position;
  /** By this phone's clock; null before the first one of this visit. */
  readonly lastSentMs: number | null;
  readonly failing: boolean;
}
const SharingContext = createContext<Sharing>({
  onDuty: false,
  position: { state: 'off', fix: null },
  lastSentMs: null,
  failing: false,
});

/**
 * Sends the position while the person is on duty and the page is open and in front; nothing at any
 * other time. A fix that could not be sent is not kept: where one was an hour ago helps nobody.
 */
export function SharePosition({ children }: { children: ReactNode }) {
  const { onDuty } = useMe();
  const position = usePosition(onDuty);
  const refresh = useRefresh();
  const last = useRef<{ fix: Fix; sentAtMs: number } | null>(null);
  const underway = useRef(false);
  const [lastSentMs, setLastSentMs] = useState<number | null>(null);
  const [failing, setFailing] = useState(false);
  const { fix } = position;

  useEffect(() => {
    if (!onDuty) last.current = null;
  }, [onDuty]);

  useEffect(() => {
    if (!onDuty || !fix || underway.current) return;
    const nowMs = Date.now();
    if (!isWorthSharing(last.current, fix, nowMs)) return;
    underway.current = true;
    // Also after a failure the next try waits its 30 seconds: a weak network is not helped by more.
    last.current = { fix, sentAtMs: nowMs };
    call(sharePosition, { body: { place: fix.place, takenAtMs: fix.takenAtMs } })
      .then(({ shared }) => {
        setFailing(false);
        if (shared) setLastSentMs(nowMs);
        // Another device of this person went off duty: this page must not claim otherwise.
        else void refresh(getMe);
      })
      .catch((error: unknown) => {
        if (!isCallError(error)) throw error;
        setFailing(true);
      })
      .finally(() => {
        underway.current = false;
      });
  }, [onDuty, fix, refresh]);

  const value = useMemo(
    () => ({ onDuty, position, lastSentMs: onDuty ? lastSentMs : null, failing: onDuty && failing }),
    [onDuty, position, lastSentMs, failing],
  );
  return <SharingContext value={value}>{children}</SharingContext>;
}

export function useSharing(): Sharing {
  return use(SharingContext);
}
