import { useId, type ReactNode } from 'react';

interface Props<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: ReactNode; readonly lang?: string }[];
  readonly onValue: (value: V) => void;
}

/** A few choices side by side: real radio buttons, drawn as one bar. */
export function Choice<V extends string>({ label, value, options, onValue }: Props<V>) {
  const name = useId();
  return (
    <fieldset className="choice-bar">
      <legend>{label}</legend>
      <div>
        {options.map((option) => (
          <label key={option.value} lang={option.lang}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onValue(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
