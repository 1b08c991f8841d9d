import type { Area } from '@wangge/areas/contract';
import { borderTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { useState } from 'react';

interface Props {
  readonly title: string;
  readonly label: string;
  readonly action: string;
  readonly choices: readonly Area[];
  readonly busy: boolean;
  readonly onChoose: (id: string) => void;
}

/** One of the neighbours, and what is done with it. */
export function JoinForm({ title, label, action, choices, busy, onChoose }: Props) {
  const t = useTexts(borderTexts);
  const [chosen, setChosen] = useState('');
  const valid = choices.some(({ id }) => id === chosen);
  return (
    <form
      className="border-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) onChoose(chosen);
      }}
    >
      <h3>{title}</h3>
      {choices.length === 0 ? (
        <p className="muted">{t.noNeighbours}</p>
      ) : (
        <div className="border-ends">
          <label className="border-field">
            {label}
            <select aria-label={label} value={valid ? chosen : ''} onChange={(event) => setChosen(event.target.value)}>
              <option value="">–</option>
              {choices.map(({ id, name, code }) => (
                <option key={id} value={id}>
                  {name} · {code}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" className="wg-button" disabled={!valid || busy}>
            {action}
          </button>
        </div>
      )}
    </form>
  );
}
