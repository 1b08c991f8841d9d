import { useQuery } from '@tanstack/react-query';
import { call, type CallError } from '@wangge/client';
import { callKey } from '@wangge/ui';
import { cameraStills } from '@wangge/video/contract';
import { useMemo } from 'react';

/** The last stills of some cameras, so that a wall is never black while its lines are opened. */
export function useStills(
  ids: readonly (string | null)[],
): ReadonlyMap<string, { readonly url: string; readonly atMs: number | null }> {
  const cameraIds = ids.filter((id) => id !== null);
  const { data } = useQuery<Awaited<ReturnType<typeof ask>>, CallError>({
    queryKey: [...callKey(cameraStills), cameraIds],
    queryFn: () => ask(cameraIds),
    enabled: cameraIds.length > 0,
    staleTime: 30_000,
  });
  return useMemo(
    () =>
      new Map(
        (data?.items ?? []).flatMap((item) =>
          item?.url ? [[item.cameraId, { url: item.url, atMs: item.atMs }] as const] : [],
        ),
      ),
    [data],
  );
}

const ask = (cameraIds: string[]) => call(cameraStills, { body: { cameraIds } });
