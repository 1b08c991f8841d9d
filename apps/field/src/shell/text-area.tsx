import { fieldShellTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';
import { useId } from 'react';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly maxLength: number;
  readonly placeholder?: string;
  readonly rows?: number;
  readonly invalid?: boolean;
}

/** Several lines of text; shows how many characters are left only when that matters. */
export function TextArea({ label, value, onValue, maxLength, placeholder, rows = 3, invalid = false }: Props) {
  const t = useTexts(fieldShellTexts);
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={rows}
        value={value}
        maxLength={maxLength}
        placeholder={placeholder}
        aria-invalid={invalid}
        onChange={(event) => onValue(event.target.value)}
      />
      {value.length > maxLength * 0.7 ? (
        <p className="field-hint field-count">{t.characters(value.length, maxLength)}</p>
      ) : null}
    </div>
  );
}
