import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { call, type CallError } from '@wangge/client';
import type { RouteOutput } from '@wangge/contract-kit';
import { listIncidents, type IncidentRow } from '@wangge/incidents/contract';
import { callKey } from '@wangge/ui';
import { useMemo } from 'react';
import type { FilterQuery } from './desk-search.ts';

type Page = RouteOutput<typeof listIncidents>;

export interface IncidentPages {
  readonly rows: readonly IncidentRow[] | null;
  readonly error: CallError | null;
  readonly updatedAtMs: number;
  /** The rows are the answer to an earlier filter. */
  readonly outdated: boolean;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  more(): void;
  retry(): void;
}

/** Large pages: a live change refetches all that are loaded, so few requests matter more than small ones. */
const pageSize = 100;

export function useIncidentPages(query: FilterQuery): IncidentPages {
  const list = useInfiniteQuery<Page, CallError, { pages: Page[] }, readonly unknown[], string | null>({
    queryKey: [...callKey(listIncidents), 'pages', query],
    queryFn: ({ pageParam, signal }) =>
      call(
        listIncidents,
        { query: { ...query, limit: pageSize, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    meta: { live: { types: listIncidents.cachedUntil } },
  });
  const pages = list.data?.pages;
  const rows = useMemo(() => {
    if (!pages) return null;
    // Rows that came in between two pages were shifted into both.
    const seen = new Set<string>();
    return pages.flatMap((page) => page.items.filter((row) => !seen.has(row.id) && seen.add(row.id)));
  }, [pages]);
  return {
    rows,
    error: list.error,
    updatedAtMs: list.dataUpdatedAt,
    outdated: list.isPlaceholderData,
    hasMore: list.hasNextPage,
    loadingMore: list.isFetchingNextPage,
    more: () => void list.fetchNextPage({ cancelRefetch: false }),
    retry: () => void list.refetch(),
  };
}
