import type { IncidentRow } from '@wangge/incidents/contract';
import { incidentTexts } from '@wangge/texts/console';
import { StateTag, useTexts } from '@wangge/ui';

/**
 * The state as a dispatcher needs it. By the rules an incident stays registered until somebody takes it;
 * to who looks at the list, one that was sent out already is another thing than one that waits for them.
 */
export function IncidentStateTag({ incident }: { incident: Pick<IncidentRow, 'state' | 'offered'> }) {
  const t = useTexts(incidentTexts);
  if (incident.state === 'registered' && incident.offered)
    return <span className="wg-tag wg-tag-cyan">{t.offered}</span>;
  return <StateTag state={incident.state} />;
}
