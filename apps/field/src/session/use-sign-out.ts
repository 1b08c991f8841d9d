import { useQueryClient } from '@tanstack/react-query';
import { call, type CallError } from '@wangge/client';
import { logOut, setDuty } from '@wangge/staff/contract';
import { useMutation } from '@tanstack/react-query';
import { endPush } from '@wangge/ui/notify';
import { pushApp } from '../messages/push-app.ts';
import { meKey, useMe } from './me.tsx';

/** Goes off duty first: after signing out nobody could stop the last position from being shown. */
export function useSignOut() {
  const client = useQueryClient();
  const { onDuty } = useMe();
  return useMutation<void, CallError>({
    mutationFn: async () => {
      if (onDuty) await call(setDuty, { body: { onDuty: false } });
      await endPush(pushApp);
      await call(logOut, {});
    },
    onSuccess: () => client.setQueryData(meKey, null),
  });
}
