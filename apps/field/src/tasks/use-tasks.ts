import { useInfiniteQuery, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { call, type CallError } from '@wangge/client';
import type { RouteOutput } from '@wangge/contract-kit';
import { listMyTasks, type Task } from '@wangge/dispatch/contract';
import { callKey, useCall } from '@wangge/ui';
import { useState } from 'react';
import { useMay } from '../session/me.tsx';

const live = { types: ['dispatch.order-changed', 'incidents.changed'] };
/** Nobody has two hundred open tasks; if so, the most recent ones are what can be done. */
const openInput = { query: { limit: 200 } } as const;
const doneKey = [...callKey(listMyTasks), 'done'];
type Tasks = RouteOutput<typeof listMyTasks>;

/** Open tasks: offered to me or taken by me. */
export function useMyTasks() {
  return useCall(listMyTasks, openInput, { live, enabled: useMay('dispatch.read') });
}

/** What is done, newest first, page by page. */
export function useDoneTasks(enabled: boolean) {
  return useInfiniteQuery<Tasks, CallError, InfiniteData<Tasks, string | null>, readonly unknown[], string | null>({
    queryKey: doneKey,
    queryFn: ({ pageParam, signal }) =>
      call(
        listMyTasks,
        { query: { done: '1', limit: 30, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null,
    getNextPageParam: (last) => last.nextCursor,
    enabled: useMay('dispatch.read') && enabled,
    meta: { live },
  });
}

/** Puts the answer of a move where it will be seen at once; the live message refetches the rest. */
export function keepTask(client: QueryClient, task: Task): void {
  const swap = (each: Task): Task => (each.order.id === task.order.id ? task : each);
  client.setQueryData<Tasks>(callKey(listMyTasks, openInput), (now) => {
    // A finished one stays until the list is fetched again, so that its page does not blink.
    return now && { ...now, items: now.items.map(swap) };
  });
  client.setQueryData<InfiniteData<Tasks, string | null>>(doneKey, (now) => {
    return now && { ...now, pages: now.pages.map((page) => ({ ...page, items: page.items.map(swap) })) };
  });
}

/**
 * One task by its order, out of the open ones, else out of the done ones. One that was taken away
 * while it was looked at stays readable, as `gone`.
 */
export function useTask(orderId: string) {
  const open = useMyTasks();
  const inOpen = open.data?.items.find(({ order }) => order.id === orderId);
  const done = useDoneTasks(open.data !== undefined && inOpen === undefined);
  const found = inOpen ?? done.data?.pages.flatMap((page) => page.items).find(({ order }) => order.id === orderId);
  const [last, setLast] = useState<Task | null>(null);
  if (found !== undefined && found !== last) setLast(found);
  const client = useQueryClient();
  const looking = found === undefined && (open.isPending || done.isPending);
  const error = found === undefined ? (open.error ?? done.error) : null;
  return {
    task: found ?? last,
    gone: found === undefined && !looking && error === null,
    error,
    atMs: inOpen ? open.dataUpdatedAt : done.dataUpdatedAt,
    refetch: () => client.refetchQueries({ queryKey: callKey(listMyTasks) }),
  };
}
