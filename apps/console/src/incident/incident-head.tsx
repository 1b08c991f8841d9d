import { Link } from '@tanstack/react-router';
import type { Incident } from '@wangge/incidents/contract';
import { exportTexts, incidentTexts } from '@wangge/texts/console';
import { DeadlineTag, SeverityMark, useTexts } from '@wangge/ui';
import { App } from 'antd';
import { IncidentStateTag } from '../common/incident-state-tag.tsx';

/** State, severity, time left, number; stays in sight while the rest scrolls. */
export function IncidentHead({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const t = useTexts(incidentTexts);
  const { print } = useTexts(exportTexts);
  const { message } = App.useApp();
  const copy = (): void => {
    void navigator.clipboard.writeText(location.href).then(() => message.success(t.copied));
  };
  return (
    <header className="incident-head">
      <div className="incident-name">
        <h2 className="incident-number">
          <span className="hidden">{t.facts.number} </span>
          {incident.number}
        </h2>
        <span className="incident-close">
          <Link to="/incidents/$id/print" params={{ id: incident.id }} target="_blank" className="plain-button">
            {print}
          </Link>
          {/* Without HTTPS there is no clipboard. */}
          {isSecureContext ? (
            <button type="button" className="plain-button" onClick={copy}>
              {t.copyLink}
            </button>
          ) : null}
          <button type="button" className="plain-button" aria-label={t.close} onClick={onClose}>
            ✕
          </button>
        </span>
      </div>
      <div className="incident-marks">
        <IncidentStateTag incident={incident} />
        <SeverityMark severity={incident.severity} withLabel />
        {incident.deadlineMs !== null && incident.clock !== null ? (
          <DeadlineTag deadlineMs={incident.deadlineMs} clock={incident.clock} />
        ) : null}
      </div>
    </header>
  );
}
