import { call, CallError } from '@wangge/client';
import { newId } from '@wangge/contract-kit';
import { dispatchIncident, listOrders } from '@wangge/dispatch/contract';
import {
  countIncidents,
  getIncident,
  listIncidents,
  mapIncidents,
  moveIncident,
  type IncidentRow,
} from '@wangge/incidents/contract';
import { useRefresh } from '@wangge/ui';
import { useEffect, useRef, useState } from 'react';

export const triageMoves = ['accept', 'register', 'dispatch'] as const;
export type TriageMove = (typeof triageMoves)[number];

export interface TriageResult {
  readonly row: IncidentRow;
  /** `running` until answered; a failed one has its reason. */
  readonly step: 'waiting' | 'running' | 'ok' | 'failed';
  readonly error: CallError | null;
}
export interface Triage {
  readonly move: TriageMove | null;
  readonly results: readonly TriageResult[];
  readonly running: boolean;
  start(move: TriageMove, rows: readonly IncidentRow[]): void;
  /** After the one at work. */
  stop(): void;
  clear(): void;
}

/**
 * One move for several incidents, one after the other: each is a change of its own with its own version, so
 * that one which somebody else was faster with fails alone and all others are done.
 */
export function useTriage(): Triage {
  const refresh = useRefresh();
  const [state, setState] = useState<Pick<Triage, 'move' | 'results' | 'running'>>(idle);
  const stopped = useRef(false);
  useEffect(() => () => void (stopped.current = true), []);

  const run = async (move: TriageMove, rows: readonly IncidentRow[]): Promise<void> => {
    stopped.current = false;
    let results: readonly TriageResult[] = rows.map((row) => ({ row, step: 'waiting', error: null }));
    const show = (at: number, change: Partial<TriageResult>, running = true): void => {
      results = results.map((result, i) => (i === at ? { ...result, ...change } : result));
      setState({ move, results, running });
    };
    for (const [at, row] of rows.entries()) {
      if (stopped.current) break;
      show(at, { step: 'running' });
      try {
        await send(move, row);
        show(at, { step: 'ok' });
      } catch (error) {
        if (!(error instanceof CallError)) throw error;
        show(at, { step: 'failed', error });
      }
    }
    setState({ move, results, running: false });
    await refresh(listIncidents, mapIncidents, countIncidents, getIncident, listOrders);
  };
  return {
    ...state,
    start: (move, rows) => void run(move, rows),
    stop: () => (stopped.current = true),
    clear: () => setState(idle),
  };
}
const idle = { move: null, results: [], running: false };

async function send(move: TriageMove, row: IncidentRow): Promise<void> {
  const base = { version: row.version, clientKey: newId() };
  const params = { id: row.id };
  // Without parties the assignment rule chooses.
  if (move === 'dispatch') await call(dispatchIncident, { params, body: base });
  else await call(moveIncident, { params, body: { move, ...base } });
}
