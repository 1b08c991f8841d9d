import { useQuery } from '@tanstack/react-query';
import { call, isCallError, type CallError } from '@wangge/client';
import { getMe, type Me } from '@wangge/staff/contract';
import { ErrorBlock, LiveProvider, LoadingBlock } from '@wangge/ui';
import { OutboxRunner } from '../outbox/outbox-runner.tsx';
import { SharePosition } from '../place/sharing.tsx';
import { Shell } from '../shell/shell.tsx';
import { MeProvider, meKey } from './me.tsx';
import { MustDo } from './must-do.tsx';
import { SignIn } from './sign-in.tsx';

const live = { live: { types: ['staff.changed'] } };

/** Signed out: the sign-in. A password or second factor still owed: that first. Else the work. */
export function Gate() {
  const me = useQuery<Me | null, CallError>({
    queryKey: meKey,
    queryFn: ({ signal }) =>
      call(getMe, {}, { signal }).catch((error: unknown) => {
        if (isCallError(error, 'unauthenticated')) return null;
        throw error;
      }),
    staleTime: 60_000,
    refetchInterval: 300_000,
    meta: live,
  });
  if (me.data === undefined)
    return (
      <div className="gate">
        {me.error ? <ErrorBlock error={me.error} onRetry={() => void me.refetch()} /> : <LoadingBlock rows={4} />}
      </div>
    );
  if (me.data === null) return <SignIn />;
  return (
    <MeProvider me={me.data}>
      {me.data.mustChangePassword || me.data.mustEnrolSecondFactor ? (
        <MustDo />
      ) : (
        <LiveProvider>
          <OutboxRunner />
          <SharePosition>
            <Shell />
          </SharePosition>
        </LiveProvider>
      )}
    </MeProvider>
  );
}
