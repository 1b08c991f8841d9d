import { incidentStates } from '@wangge/incidents/contract';
import { usePick } from '@wangge/ui';
import { incidentStateLabel, isOffered, type StateOf } from './incident-state-label.ts';

/** The state of an incident, in its colour. */
export function IncidentStateTag({ incident }: { incident: StateOf }) {
  const pick = usePick();
  const color = isOffered(incident) ? 'cyan' : incidentStates[incident.state].color;
  return <span className={`wg-tag wg-tag-${color}`}>{pick(incidentStateLabel(incident))}</span>;
}
