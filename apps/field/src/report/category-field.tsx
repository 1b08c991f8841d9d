import { severities } from '@wangge/incidents/contract';
import { fieldReportTexts } from '@wangge/texts/field';
import { ErrorBlock, LoadingBlock, SeverityMark, usePick, useTexts } from '@wangge/ui';
import { useId, useState } from 'react';
import { Icon } from '../shell/icons.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { useCategories } from '../tasks/use-categories.ts';
import { categoryGroups } from './category-groups.ts';

interface Props {
  readonly value: string | null;
  readonly onValue: (code: string) => void;
  readonly invalid: boolean;
}

/** First the kind, then the category: two taps, the lists stay within reach of the thumb. */
export function CategoryField({ value, onValue, invalid }: Props) {
  const t = useTexts(fieldReportTexts);
  const pick = usePick();
  const id = useId();
  const [open, setOpen] = useState(false);
  const { categories, nameOf, error, retry } = useCategories();
  const chosen = categories.find(({ code }) => code === value);
  const groups = categoryGroups(categories);
  const [topCode, setTopCode] = useState<string | null>(null);
  const current = groups.find(({ top }) => top.code === (topCode ?? chosen?.parentCode)) ?? groups[0];
  const parent = chosen?.parentCode == null ? '' : `${pick(nameOf(chosen.parentCode))} · `;
  return (
    <div className="field">
      <h2 id={`${id}-label`} className="field-title">
        {t.category}
      </h2>
      <button
        type="button"
        id={id}
        className={`choice${invalid ? ' choice-invalid' : ''}`}
        aria-labelledby={`${id}-label ${id}`}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <span className={value === null ? 'muted' : ''}>
          {value === null ? t.chooseCategory : parent + pick(nameOf(value))}
        </span>
        <Icon name="forward" size={20} />
      </button>
      {open ? (
        <Sheet title={t.categoryTitle} onClose={() => setOpen(false)}>
          {current ? (
            <div className="two-lists">
              <ul className="list-tops">
                {groups.map(({ top }) => (
                  <li key={top.code}>
                    <button type="button" aria-pressed={top === current.top} onClick={() => setTopCode(top.code)}>
                      {pick(top.name)}
                    </button>
                  </li>
                ))}
              </ul>
              <ul className="list-children">
                {current.children.map((each) => (
                  <li key={each.code}>
                    <button
                      type="button"
                      aria-pressed={each.code === value}
                      onClick={() => {
                        onValue(each.code);
                        setOpen(false);
                      }}
                    >
                      <span>{pick(each.name)}</span>
                      {each.severity === 'ordinary' ? null : (
                        <span className="list-severity">
                          <SeverityMark severity={each.severity} /> {pick(severities[each.severity])}
                        </span>
                      )}
                      {each.code === value ? <Icon name="check" size={20} /> : null}
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          ) : error ? (
            <ErrorBlock error={error} onRetry={retry} />
          ) : (
            <LoadingBlock rows={5} />
          )}
        </Sheet>
      ) : null}
    </div>
  );
}
