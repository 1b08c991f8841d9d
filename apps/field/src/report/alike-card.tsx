import { fieldAlikeTexts } from '@wangge/texts/field';
import { usePick, useTexts } from '@wangge/ui';
import type { ReportDraft } from './report-draft.ts';
import { useAlike } from './use-alike.ts';

interface Props {
  readonly report: ReportDraft;
  readonly onSame: (id: string | null) => void;
}

/** Before it is sent: what was reported here already. One tap joins it, another one takes that back. */
export function AlikeCard({ report, onSame }: Props) {
  const t = useTexts(fieldAlikeTexts);
  const pick = usePick();
  const alike = useAlike(report);
  if (alike.length === 0) return null;
  return (
    <section className="card" aria-labelledby="alike-title" data-testid="alike">
      <h2 id="alike-title">{t.title}</h2>
      <p className="field-hint">{t.lead}</p>
      {alike.map((one) => {
        const chosen = one.id === report.sameAs;
        return (
          <div key={one.id} className="alike-one">
            <p>
              {one.number} {one.description.slice(0, 40)}
              <br />
              <span className="field-hint">
                {chosen ? t.joins(one.number) : one.reasons.map((reason) => pick(reason)).join(' · ')}
              </span>
            </p>
            <button
              type="button"
              className="text-button"
              aria-pressed={chosen}
              onClick={() => onSame(chosen ? null : one.id)}
            >
              {chosen ? t.another : t.same}
            </button>
          </div>
        );
      })}
    </section>
  );
}
