import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { call, type CallError } from '@wangge/client';
import type { RouteCall, RouteOutput, RouteShape } from '@wangge/contract-kit';
import { useCallback } from 'react';
import type { LiveInterest } from './live-interest.ts';

export interface UseCallOptions {
  readonly enabled?: boolean;
  /** What makes the answer old; unless told, the route's own `cachedUntil`. */
  readonly live?: LiveInterest;
  /** Show the answer to the last question until the new one is there. */
  readonly keepPrevious?: boolean;
  /** Milliseconds for which a kept answer is taken as current without asking; 0 unless told. */
  readonly freshMs?: number;
}

/** The key of a route's answer: everything asked of one route begins with its path. */
export function callKey(route: RouteShape, input?: { params?: unknown; query?: unknown }): readonly unknown[] {
  return input ? [route.path, input.params ?? null, input.query ?? null] : [route.path];
}

/** The answer of a GET route, refetched when a live message concerns it. */
export function useCall<R extends RouteShape>(
  route: R,
  input: RouteCall<R>,
  options: UseCallOptions = {},
): UseQueryResult<RouteOutput<R>, CallError> {
  const live = options.live ?? (route.cachedUntil ? { types: route.cachedUntil } : undefined);
  return useQuery<RouteOutput<R>, CallError>({
    queryKey: callKey(route, input as { params?: unknown; query?: unknown }),
    queryFn: ({ signal }) => call(route, input, { signal }),
    enabled: options.enabled ?? true,
    ...(live ? { meta: { live } } : {}),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData as never } : {}),
    ...(options.freshMs === undefined ? {} : { staleTime: options.freshMs }),
  });
}

/** A change, and which routes' answers it makes old. */
export function useSend<R extends RouteShape>(
  route: R,
  refresh: readonly RouteShape[] = [],
): UseMutationResult<RouteOutput<R>, CallError, RouteCall<R>> {
  const refreshAll = useRefresh();
  return useMutation<RouteOutput<R>, CallError, RouteCall<R>>({
    mutationFn: (input) => call(route, input),
    onSuccess: () => refreshAll(...refresh),
  });
}

/** Makes every answer of some routes old, so that what is shown of them is fetched again. */
export function useRefresh(): (...routes: readonly RouteShape[]) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    async (...routes) => {
      await Promise.all(routes.map((route) => client.invalidateQueries({ queryKey: callKey(route) })));
    },
    [client],
  );
}
