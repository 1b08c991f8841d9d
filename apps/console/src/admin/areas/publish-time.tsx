import { borderTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';

interface Props {
  /** Day and minute in the town's time; null: at once. */
  readonly at: string | null;
  readonly problem: boolean;
  readonly onAt: (at: string | null) => void;
}

/** At once, or from a moment to come. */
export function PublishTime({ at, problem, onAt }: Props) {
  const t = useTexts(borderTexts);
  return (
    <fieldset className="publish-time">
      <legend>{t.when}</legend>
      <label>
        <input type="radio" name="publish-when" checked={at === null} onChange={() => onAt(null)} /> {t.now}
      </label>{' '}
      <label>
        <input type="radio" name="publish-when" checked={at !== null} onChange={() => onAt('')} /> {t.later}
      </label>{' '}
      {at === null ? null : (
        <>
          <input
            type="datetime-local"
            aria-label={t.at}
            aria-invalid={problem}
            value={at}
            onChange={(event) => onAt(event.target.value)}
          />
          {problem ? <span role="alert"> {t.atPast}</span> : null}
        </>
      )}
    </fieldset>
  );
}
