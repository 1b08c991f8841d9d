import type { Bilingual } from '@wangge/contract-kit';
import { incidentStates, type IncidentRow } from '@wangge/incidents/contract';
import { incidentTexts } from '@wangge/texts/console';
import { stateGroupLabel } from '@wangge/ui';

export type StateOf = Pick<IncidentRow, 'state' | 'offered'>;

/** Registered, and somebody was asked to take it. */
export function isOffered({ state, offered }: StateOf): boolean {
  return state === 'registered' && offered === true;
}

/**
 * The state as a dispatcher needs it. By the rules an incident stays registered until somebody takes it; to who
 * looks at the list or the map, one that was sent out already is another thing than one that waits for them.
 */
export function incidentStateLabel(incident: StateOf): Bilingual {
  if (isOffered(incident)) return { zh: incidentTexts.zh.offered, en: incidentTexts.en.offered };
  return incident.offered === undefined ? stateGroupLabel(incident.state) : incidentStates[incident.state];
}
