import { useQueryClient } from '@tanstack/react-query';
import { call, CallError } from '@wangge/client';
import { newId } from '@wangge/contract-kit';
import { getIncident, type Incident } from '@wangge/incidents/contract';
import { listCandidates, listOrders } from '@wangge/dispatch/contract';
import { countIncidents, listIncidents, mapIncidents } from '@wangge/incidents/contract';
import { callKey, useRefresh } from '@wangge/ui';
import { useState } from 'react';

/** Somebody else was faster: what was seen when the change was made, and what is there now. */
export interface Conflict {
  readonly before: Incident;
  readonly after: Incident;
}
export interface Guarded {
  readonly busy: boolean;
  readonly error: CallError | null;
  readonly conflict: Conflict | null;
  /** `key` is the same for each try of one change, so that a lost answer cannot do it twice. */
  run(seen: Incident, change: (version: number, key: string) => Promise<unknown>): Promise<boolean>;
  clear(): void;
}

/**
 * Runs changes of an incident that carry its version. When the server says that the version is old,
 * the incident is read again and both states are kept, for the person to decide with eyes open.
 */
export function useGuarded(): Guarded {
  const client = useQueryClient();
  const refresh = useRefresh();
  const [state, setState] = useState<Pick<Guarded, 'busy' | 'error' | 'conflict'>>(idle);
  const [key, setKey] = useState(newId);
  return {
    ...state,
    clear: () => {
      setState(idle);
      setKey(newId());
    },
    async run(seen, change) {
      setState({ ...idle, busy: true });
      try {
        await change(seen.version, key);
        setState(idle);
        setKey(newId());
        await refresh(getIncident, listOrders, listCandidates, listIncidents, mapIncidents, countIncidents);
        return true;
      } catch (error) {
        if (!(error instanceof CallError)) throw error;
        const raced = error.code === 'stale-edit' || error.code === 'move-not-allowed';
        const after = raced ? await call(getIncident, { params: { id: seen.id } }).catch(() => null) : null;
        if (after) {
          client.setQueryData(callKey(getIncident, { params: { id: seen.id } }), after);
          void refresh(listOrders);
        }
        setState({ busy: false, error, conflict: after ? { before: seen, after } : null });
        return false;
      }
    },
  };
}
const idle = { busy: false, error: null, conflict: null };
