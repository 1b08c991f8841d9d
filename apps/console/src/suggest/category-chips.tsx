import { suggestTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { useCategories } from '../common/use-categories.ts';
import { Chips } from './chips.tsx';
import { useCategorySuggestions, type Asked } from './use-category-suggestions.ts';

interface Props extends Asked {
  /** The category that is chosen now. */
  readonly current: string | undefined;
  readonly onTake: (code: string) => void;
}

/** In a dialog, under the text: one click or key puts the category in. */
export function CategoryChips({ current, onTake, ...asked }: Props) {
  const t = useTexts(suggestTexts).chips;
  const { nameOf } = useCategories();
  const found = useCategorySuggestions(asked);
  if (!found) return null;
  return (
    <Chips
      label={t.label}
      keys="dialog"
      chips={found.suggestions.map(({ categoryCode, share, words }) => ({
        key: categoryCode,
        name: nameOf(categoryCode),
        share,
        words,
        taken: categoryCode === current,
      }))}
      hint={found.basis === 'names' ? <span className="chips-label">{t.byName}</span> : null}
      onTake={(chip) => onTake(chip.key)}
    />
  );
}
