import { suggestTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { useEffect, type ReactNode } from 'react';
import './suggest.css';

export interface Chip {
  readonly key: string;
  readonly name: string;
  /** 0–1; null where it is not known. */
  readonly share: number | null;
  readonly words: readonly string[];
  readonly taken?: boolean;
}
interface Props {
  readonly label: string;
  readonly chips: readonly Chip[];
  readonly hint?: ReactNode;
  readonly busy?: boolean;
  /** Alt+1 to Alt+3 take one: always within a dialog, else while none is open. */
  readonly keys?: 'dialog' | 'page' | 'none';
  readonly onTake: (chip: Chip) => void;
}

/** Suggestions as buttons, each with how likely it is and the words that counted. */
export function Chips({ label, chips, hint, busy = false, keys = 'none', onTake }: Props) {
  const t = useTexts(suggestTexts).chips;
  useEffect(() => {
    if (keys === 'none' || busy) return;
    const press = (event: KeyboardEvent): void => {
      const chip = chips[Number(/^(?:Digit|Numpad)([1-3])$/.exec(event.code)?.[1] ?? 0) - 1];
      if (!chip || !event.altKey || event.ctrlKey || event.metaKey) return;
      if (keys === 'page' && document.querySelector('[role="dialog"]') !== null) return;
      event.preventDefault();
      onTake(chip);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [chips, keys, busy, onTake]);
  if (chips.length === 0) return null;
  return (
    <div className="chips" role="group" aria-label={label} data-testid="suggestions">
      <span className="chips-label">{label}</span>
      {chips.map((chip, i) => {
        const why = chip.words.length === 0 ? '' : t.because(chip.words.join(t.separator));
        const share = chip.share === null ? '' : ` ${Math.min(99, Math.round(chip.share * 100))}%`;
        return (
          <button
            key={chip.key}
            type="button"
            className="chip"
            disabled={busy}
            {...(chip.taken === undefined ? {} : { 'aria-pressed': chip.taken })}
            {...(keys === 'none' ? {} : { 'aria-keyshortcuts': `Alt+${i + 1}` })}
            onClick={() => onTake(chip)}
          >
            <span>
              {chip.name}
              {share}
            </span>
            {why === '' ? null : <span className="chip-why">{why}</span>}
            {keys === 'none' ? null : <kbd>Alt+{i + 1}</kbd>}
          </button>
        );
      })}
      {hint}
    </div>
  );
}
