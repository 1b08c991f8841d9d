import type { Bilingual } from '@wangge/contract-kit';
import { incidentStates, severities, type IncidentState, type Severity } from '@wangge/incidents/contract';
import { orderStates, type OrderState } from '@wangge/dispatch/contract';
import { useLang, usePick, useTexts } from '../lang.tsx';
import { uiTexts } from '../texts.ts';
import { countdown, type ClockTone } from '../time.ts';
import { useNow } from '../use-now.ts';

function Tag({ label, color }: { label: Bilingual; color: string }) {
  const pick = usePick();
  return <span className={`wg-tag wg-tag-${color}`}>{pick(label)}</span>;
}

/**
 * What a state is called where nobody knows, or it makes no difference, whether the incident was sent out already:
 * in filters, legends and sums. Registered ones wait for the dispatcher or for whoever was asked.
 */
export function stateGroupLabel(state: IncidentState): Bilingual {
  return state === 'registered' ? { zh: '待派遣、签收', en: 'Registered' } : incidentStates[state];
}

export function OrderStateTag({ state }: { state: OrderState }) {
  return <Tag label={orderStates[state]} color={orderStates[state].color} />;
}

/** Shape as well as colour: circle, diamond, triangle, as on the map. */
export function SeverityMark({ severity, withLabel = false }: { severity: Severity; withLabel?: boolean }) {
  const pick = usePick();
  const label = pick(severities[severity]);
  const shape = {
    ordinary: 'M6 1a5 5 0 1 0 .01 0z',
    urgent: 'M6 .5 11.5 6 6 11.5.5 6z',
    emergency: 'M6 .5 11.7 11H.3z',
  };
  return (
    <span className={`wg-severity wg-severity-${severity}`}>
      <svg
        width="12"
        height="12"
        viewBox="0 0 12 12"
        {...(withLabel ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      >
        <path d={shape[severity]} />
      </svg>
      {withLabel ? <span>{label}</span> : null}
    </span>
  );
}

/** Time left until the deadline; `!` and the word tell the tone besides the colour. */
export function DeadlineTag({ deadlineMs, clock }: { deadlineMs: number; clock: ClockTone | null }) {
  const { lang } = useLang();
  const t = useTexts(uiTexts);
  const left = deadlineMs - useNow(30_000);
  // Below two minutes seconds matter; above, a row need not draw each second.
  const nowMs = useNow(Math.abs(left) < 120_000 ? 1000 : 30_000);
  const { tone, text } = countdown(deadlineMs, nowMs, clock, lang);
  return (
    <span className={`wg-deadline wg-deadline-${tone}`} title={t.clock[tone]}>
      {tone === 'running' ? null : <span aria-hidden="true">{tone === 'overdue' ? '‼ ' : '! '}</span>}
      {text}
    </span>
  );
}
