import { incidentStates, severities, type IncidentState, type Severity } from '@wangge/incidents/contract';
import { useState } from 'react';
import { usePick, useTexts } from '../lang.tsx';
import { stateGroupLabel } from '../states/labels.tsx';
import { uiTexts } from '../texts.ts';
import { symbolOf, type PointSymbol } from './symbols.ts';

const shapePath: Record<PointSymbol['shape'], string> = {
  circle: 'M10 4a6 6 0 1 0 .01 0z',
  diamond: 'M10 2.5 17.5 10 10 17.5 2.5 10z',
  triangle: 'M10 2.5 17.5 16H2.5z',
};

function Swatch({ symbol }: { symbol: PointSymbol }) {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      {symbol.ring === 'none' ? null : (
        <circle
          cx="10"
          cy="10"
          r="9"
          fill="none"
          stroke={symbol.ring === 'overdue' ? '#b8221b' : '#b36b00'}
          strokeWidth="2"
          {...(symbol.ring === 'warning' ? { strokeDasharray: '3 2' } : {})}
        />
      )}
      <path d={shapePath[symbol.shape]} fill={symbol.fill} />
    </svg>
  );
}

const openStates = (Object.keys(incidentStates) as IncidentState[]).filter((state) => incidentStates[state].open);

/** What shapes, colours and rings mean; folded away until asked for. */
export function MapLegend({ members = true, clusters = false }: { members?: boolean; clusters?: boolean }) {
  const t = useTexts(uiTexts).map;
  const pick = usePick();
  const [open, setOpen] = useState(false);
  const swatch = (state: IncidentState, severity: Severity, clock: 'warning' | 'overdue' | null) => (
    <Swatch symbol={symbolOf({ state, severity, clock })} />
  );
  return (
    <div className="wg-legend">
      <button type="button" className="wg-map-button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t.legend}
      </button>
      {open ? (
        <ul>
          {openStates.map((state) => (
            <li key={state}>
              {swatch(state, 'ordinary', null)} {pick(stateGroupLabel(state))}
            </li>
          ))}
          {(['urgent', 'emergency'] as const).map((severity) => (
            <li key={severity}>
              {swatch('handling', severity, null)} {pick(severities[severity])}
            </li>
          ))}
          <li>
            {swatch('handling', 'ordinary', 'warning')} {t.warning}
          </li>
          <li>
            {swatch('handling', 'ordinary', 'overdue')} {t.overdue}
          </li>
          {clusters ? (
            <li>
              <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
                <circle cx="10" cy="10" r="9" fill="#1f4e85" />
                <text x="10" y="13.5" textAnchor="middle" fontSize="10" fontWeight="600" fill="#ffffff">
                  9
                </text>
              </svg>{' '}
              {t.cluster}
            </li>
          ) : null}
          {members ? (
            <li>
              <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
                <rect x="4" y="4" width="12" height="12" fill="#0b5a63" />
              </svg>{' '}
              {t.member}
            </li>
          ) : null}
        </ul>
      ) : null}
    </div>
  );
}
