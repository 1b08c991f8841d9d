import { revealReporter, type Incident } from '@wangge/incidents/contract';
import { incidentTexts } from '@wangge/texts/console';
import { useSend, useTexts } from '@wangge/ui';
import { useState } from 'react';
import { RevealDialog } from '../common/reveal-dialog.tsx';
import { useMay } from '../session/me.tsx';

/** The masked number; the full one only for a stated purpose, and only until the detail is closed. */
export function Reporter({ incident }: { incident: Incident }) {
  const t = useTexts(incidentTexts);
  const may = useMay();
  const [asking, setAsking] = useState(false);
  const reveal = useSend(revealReporter);
  if (incident.anonymous && incident.reporterPhone === null) return <>{t.facts.anonymous}</>;
  if (incident.reporterPhone === null) return <>{t.facts.noPhone}</>;
  if (reveal.data)
    return reveal.data.phone === null ? (
      <>{t.reveal.none}</>
    ) : (
      <a href={`tel:${reveal.data.phone}`} data-testid="reporter-phone">
        {reveal.data.phone}
      </a>
    );
  return (
    <>
      {incident.reporterPhone}{' '}
      {may('incidents.reveal-reporter') ? (
        <button type="button" className="plain-button" onClick={() => setAsking(true)}>
          {t.reveal.button}
        </button>
      ) : null}
      {asking ? (
        <RevealDialog
          title={t.reveal.title}
          label={t.reveal.purpose}
          hint={t.reveal.hint}
          busy={reveal.isPending}
          error={reveal.error}
          onCancel={() => setAsking(false)}
          onSubmit={(purpose) =>
            reveal.mutate({ params: { id: incident.id }, body: { purpose } }, { onSuccess: () => setAsking(false) })
          }
        />
      ) : null}
    </>
  );
}
