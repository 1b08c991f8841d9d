import { useQuery } from '@tanstack/react-query';
import { call, isCallError, type CallError } from '@wangge/client';
import { getMe, type Me } from '@wangge/staff/contract';
import { ErrorBlock, LoadingBlock } from '@wangge/ui';
import { Suspense } from 'react';
import { MustDo, SignedIn } from './lazy-parts.ts';
import { LoadFailure } from './load-failure.tsx';
import { MeProvider, meKey } from './me.tsx';
import { SignIn } from './sign-in.tsx';

/** Signed out: the sign-in. A password or second factor still owed: that first. Else the console. */
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
  });
  if (me.data === undefined)
    return (
      <div className="gate">
        {me.error ? <ErrorBlock error={me.error} onRetry={() => void me.refetch()} /> : <LoadingBlock rows={3} />}
      </div>
    );
  if (me.data === null) return <SignIn />;
  return (
    <MeProvider me={me.data}>
      <LoadFailure>
        <Suspense
          fallback={
            <div className="gate">
              <LoadingBlock rows={3} />
            </div>
          }
        >
          {me.data.mustChangePassword || me.data.mustEnrolSecondFactor ? <MustDo /> : <SignedIn />}
        </Suspense>
      </LoadFailure>
    </MeProvider>
  );
}
