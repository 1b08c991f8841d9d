import { useQueryClient } from '@tanstack/react-query';
import { listMyInstructions, listMyTasks, listMyWhistles } from '@wangge/dispatch/contract';
import { getIncident } from '@wangge/incidents/contract';
import { useLiveStatus, useRefresh } from '@wangge/ui';
import { useEffect } from 'react';
import { meKey, useMe } from '../session/me.tsx';
import { keepTask } from '../tasks/use-tasks.ts';
import { sendNow, startSending } from './sender.ts';

/** Sends what waits while somebody is signed in; shows nothing. */
export function OutboxRunner() {
  const { account } = useMe();
  const client = useQueryClient();
  const refresh = useRefresh();
  const { state } = useLiveStatus();
  useEffect(
    () =>
      startSending(account.id, {
        sent: (_item, delivered) => {
          if (delivered.kind === 'move') keepTask(client, delivered.task);
          // A report that was settled on the spot may make a task of one's own.
          void refresh(listMyTasks, getIncident, listMyWhistles, listMyInstructions);
        },
        signedOut: () => client.setQueryData(meKey, null),
      }),
    [account.id, client, refresh],
  );
  useEffect(() => {
    // The stream is back before the browser says that it is online, if it ever does.
    if (state === 'live') sendNow();
  }, [state]);
  return null;
}
