import { presenceTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { useBeat } from './use-beat.ts';
import { usePresence } from './use-presence.ts';

/** Says who else has the incident open, and lets them know of oneself. */
export function PresenceNote({ incidentId, handling }: { incidentId: string; handling: boolean }) {
  const t = useTexts(presenceTexts);
  useBeat(incidentId, handling ? 'dispatching' : 'reading');
  const others = usePresence().get(incidentId) ?? [];
  return (
    <p role="status" aria-label={t.label} className="presence" hidden={others.length === 0} data-testid="presence">
      {others.map(({ accountId, name, doing }) => (
        <span key={accountId} className="wg-tag wg-tag-default">
          ● {t[doing](name)}
        </span>
      ))}
    </p>
  );
}
