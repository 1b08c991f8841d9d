import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { call, type CallError } from '@wangge/client';
import type { RouteShape } from '@wangge/contract-kit';
import { callKey, type LiveInterest } from '@wangge/ui';
import { useMemo } from 'react';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** A list by pages for tables: what is loaded so far, and how to get more. */
export function usePages<Item>(
  route: RouteShape,
  query: Readonly<Record<string, unknown>>,
  options: { enabled?: boolean; live?: LiveInterest } = {},
): {
  items: readonly Item[] | undefined;
  error: CallError | null;
  loading: boolean;
  hasMore: boolean;
  more: () => void;
  retry: () => void;
} {
  const list = useInfiniteQuery<Page<Item>, CallError, { pages: Page<Item>[] }, readonly unknown[], string | null>({
    queryKey: [...callKey(route), 'pages', query],
    queryFn: ({ pageParam, signal }) =>
      call(route, { query: { ...query, ...(pageParam === null ? {} : { cursor: pageParam }) } } as never, {
        signal,
      }) as Promise<Page<Item>>,
    initialPageParam: null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
    ...(options.live ? { meta: { live: options.live } } : {}),
  });
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  return {
    items,
    error: list.error,
    loading: list.isFetching,
    hasMore: list.hasNextPage,
    more: () => void list.fetchNextPage(),
    retry: () => void list.refetch(),
  };
}
