import { CallError } from '@wangge/client';
import { newId } from '@wangge/contract-kit';
import { countIncidents, getIncident, listAlike, listIncidents, mapIncidents } from '@wangge/incidents/contract';
import { useRefresh } from '@wangge/ui';
import { useState } from 'react';

interface Calls {
  readonly busy: boolean;
  readonly error: CallError | null;
  /** False when it was refused; `key` is the same for each try, so that a lost answer cannot do it twice. */
  run(change: (key: string) => Promise<unknown>): Promise<boolean>;
}

/** Runs a change that concerns two incidents, and reads again what shows them. */
export function useCalls(): Calls {
  const refresh = useRefresh();
  const [key, setKey] = useState(newId);
  const [state, setState] = useState<Pick<Calls, 'busy' | 'error'>>({ busy: false, error: null });
  return {
    ...state,
    async run(change) {
      setState({ busy: true, error: null });
      try {
        await change(key);
        setKey(newId());
        setState({ busy: false, error: null });
        await refresh(getIncident, listAlike, listIncidents, mapIncidents, countIncidents);
        return true;
      } catch (problem) {
        if (!(problem instanceof CallError)) throw problem;
        setState({ busy: false, error: problem });
        return false;
      }
    },
  };
}
