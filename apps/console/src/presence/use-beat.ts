import { useQueryClient } from '@tanstack/react-query';
import { call } from '@wangge/client';
import { newId } from '@wangge/contract-kit';
import { beatPresence, leavePresence, presenceBeatMs, type Presence } from '@wangge/incidents/contract';
import { useEffect } from 'react';
import { meKey } from '../session/me.tsx';

/** One for each page, so that the same person in two of them is there until both are closed. */
const tab = newId();

/** Lets others know that one has this incident open. Nothing depends on it: what fails is made up for by the next beat. */
export function useBeat(incidentId: string, doing: Presence['doing']): void {
  const client = useQueryClient();
  useEffect(() => {
    const params = { id: incidentId };
    const beat = (): void => {
      // A page in the background is not looked at; it falls silent and is forgotten.
      if (document.visibilityState === 'visible' && navigator.onLine)
        call(beatPresence, { params, body: { tab, doing } }).catch(() => undefined);
    };
    beat();
    const timer = setInterval(beat, presenceBeatMs);
    document.addEventListener('visibilitychange', beat);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', beat);
    };
  }, [incidentId, doing]);
  useEffect(
    () => () => {
      // Whoever signed out is forgotten by the silence.
      if (!client.getQueryData(meKey) || !navigator.onLine) return;
      call(leavePresence, { params: { id: incidentId }, body: { tab } }).catch(() => undefined);
    },
    [client, incidentId],
  );
}
