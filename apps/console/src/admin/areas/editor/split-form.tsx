import type { Area } from '@wangge/areas/contract';
import { borderTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import type { BorderCorner } from '@wangge/ui/map';
import { useId, useState } from 'react';
import type { Piece } from './border-model.ts';
import type { DraftEdits } from './use-draft-edits.ts';

interface Props {
  readonly area: Area;
  readonly pieces: readonly Piece[];
  readonly edits: DraftEdits;
  readonly drawing: boolean;
  readonly line: readonly BorderCorner[] | null;
  readonly onDrawing: (drawing: boolean) => void;
}

/** A line drawn on the map, or straight from one corner of the border to another, divides the area. */
export function SplitForm({ area, pieces, edits, drawing, line, onDrawing }: Props) {
  const t = useTexts(borderTexts);
  const [name, setName] = useState('');
  const [ends, setEnds] = useState<readonly [string, string]>(['', '']);
  const hint = useId();
  const corners = pieces.map(({ a }) => a);
  const chosen = ends.map((end) => corners[Number(end)]).filter((corner) => corner !== undefined);
  const straight = ends[0] !== '' && ends[1] !== '' && ends[0] !== ends[1] ? chosen : null;
  const cut = line ?? (straight?.length === 2 ? straight : null);
  const split = (): void => {
    if (!cut) return;
    const edit = {
      kind: 'split',
      areaId: area.id,
      name: name.trim(),
      line: cut.map(([x, y]): [number, number] => [x, y]),
    } as const;
    void edits.make(edit).then((made) => {
      if (made) setName('');
      setEnds(['', '']);
      onDrawing(false);
    });
  };
  return (
    <form
      className="border-form"
      onSubmit={(event) => {
        event.preventDefault();
        split();
      }}
    >
      <h3>{t.split}</h3>
      <label className="border-field">
        {t.splitName}
        <input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </label>
      <button
        type="button"
        className="wg-button"
        aria-pressed={drawing}
        aria-describedby={hint}
        onClick={() => onDrawing(!drawing)}
      >
        {t.splitDraw}
      </button>
      <p id={hint} className="muted" hidden={!drawing}>
        {line ? t.splitLine(line.length) : t.splitDrawing}
      </p>
      {drawing ? null : (
        <div className="border-ends">
          {([t.splitFrom, t.splitTo] as const).map((label, i) => (
            <label key={label} className="border-field">
              {label}
              <select
                aria-label={label}
                value={ends[i]}
                onChange={(event) => setEnds(i === 0 ? [event.target.value, ends[1]] : [ends[0], event.target.value])}
              >
                <option value="">–</option>
                {corners.map((corner, n) => (
                  <option key={corner.join()} value={String(n)}>
                    {t.corner(n + 1, corners.length)}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </div>
      )}
      <button type="submit" className="wg-button" disabled={!cut || name.trim() === '' || edits.busy}>
        {t.splitDo}
      </button>
    </form>
  );
}
