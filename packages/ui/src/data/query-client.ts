import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isCallError } from '@wangge/client';

/**
 * Answers kept per browser tab. A fault of the network is tried twice more, anything that the server
 * said is final. `onSignedOut` is called when any answer says that the session ended.
 */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const watch = (error: unknown): void => {
    if (isCallError(error, 'unauthenticated')) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        // `always`: an offline browser must show an error with a retry, not wait silently.
        networkMode: 'always',
        retry: (failures, error) => failures < 2 && isCallError(error) && error.offline,
        retryDelay: (attempt) => 400 * 2 ** attempt,
        gcTime: 600_000,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
