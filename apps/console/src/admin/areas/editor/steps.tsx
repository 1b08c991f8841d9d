import type { AreaDraft } from '@wangge/areas/contract';
import { borderTexts } from '@wangge/texts/console';
import { formatTime, useLang, useTexts } from '@wangge/ui';
import type { DraftEdits } from './use-draft-edits.ts';

/** What was done, newest last; what was taken back stays to be done again. */
export function Steps({ draft, edits }: { draft: AreaDraft; edits: DraftEdits | null }) {
  const t = useTexts(borderTexts);
  const { lang } = useLang();
  const some = draft.steps.some(({ done }) => done);
  const more = draft.steps.some(({ done }) => !done);
  return (
    <section aria-label={t.steps} className="border-steps">
      <h3>
        {t.steps}
        {edits ? (
          <span>
            <button
              type="button"
              className="wg-button"
              disabled={!some || edits.busy}
              onClick={() => void edits.step('undo')}
            >
              {t.undo}
            </button>
            <button
              type="button"
              className="wg-button"
              disabled={!more || edits.busy}
              onClick={() => void edits.step('redo')}
            >
              {t.redo}
            </button>
          </span>
        ) : null}
      </h3>
      {draft.steps.length === 0 ? <p className="muted">{t.noSteps}</p> : null}
      <ol data-testid="steps">
        {draft.steps.map((step) => (
          <li key={step.seq} className={step.done ? undefined : 'border-undone'}>
            <strong>{t.kinds[step.kind]}</strong>
            {step.done ? null : <span className="wg-tag wg-tag-default">{t.undone}</span>}
            <span>{step.names.slice(0, 4).join(lang === 'zh' ? '、' : ', ')}</span>
            <span className="muted">{t.changed(step.madeBy, formatTime(step.madeAtMs))}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
