import { call } from '@wangge/client';
import { newId } from '@wangge/contract-kit';
import { beatPresence, leavePresence, presenceBeatMs, type Presence } from '@wangge/incidents/contract';
import { useEffect } from 'react';

/** One for each page, so that the same person in two of them is there until both are closed. */
const tab = newId();

/** Lets others know that one has this incident open. Nothing depends on it: what fails is made up for by the next beat. */
export function useBeat(incidentId: string, doing: Presence['doing']): void {
  useEffect(() => {
    const params = { id: incidentId };
    const beat = (): void => {
      // A page in the background is not looked at; it falls silent and is forgotten.
      if (document.visibilityState === 'visible')
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
      call(leavePresence, { params: { id: incidentId }, body: { tab } }).catch(() => undefined);
    },
    [incidentId],
  );
}
