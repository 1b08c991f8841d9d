import { listPresence, presenceMs, type Presence } from '@wangge/incidents/contract';
import { useCall, useNow } from '@wangge/ui';
import { useEffect, useMemo } from 'react';

const live = { types: ['incidents.presence-changed'] };

/** Others by the incident that they have open; whoever is working on it first. */
export function usePresence(): ReadonlyMap<string, readonly Presence[]> {
  // A message that got lost is made up for: the question is asked again when the answer is old.
  const now = useNow(presenceMs);
  const { data, refetch, dataUpdatedAt } = useCall(listPresence, {}, { live });
  const old = dataUpdatedAt > 0 && now - dataUpdatedAt > presenceMs;
  useEffect(() => {
    if (old) void refetch();
  }, [old, refetch]);
  return useMemo(
    () =>
      Map.groupBy(
        (data?.present ?? []).toSorted((a, b) =>
          a.doing < b.doing ? -1 : a.doing > b.doing ? 1 : a.sinceMs - b.sinceMs,
        ),
        (one) => one.incidentId,
      ),
    [data],
  );
}
