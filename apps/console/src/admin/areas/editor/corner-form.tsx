import { metresPerDegree } from '@wangge/geo';
import { borderTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import type { BorderCorner, BorderHandle } from '@wangge/ui/map';
import { useState } from 'react';
import type { DraftEdits } from './use-draft-edits.ts';
import { middleOf, pieceFrom, type Piece } from './border-model.ts';

interface Props {
  readonly corners: readonly BorderHandle[];
  readonly pieces: readonly Piece[];
  readonly activeId: string | null;
  readonly pending: BorderCorner | null;
  readonly edits: DraftEdits;
  readonly onActive: (id: string | null) => void;
  readonly onPending: (to: BorderCorner | null) => void;
}
const strides = [0.5, 1, 5, 10, 50] as const;
const keys = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] } as const;
type Arrow = keyof typeof keys;
const signs = {
  ArrowUp: ['↑', 'up'],
  ArrowDown: ['↓', 'down'],
  ArrowLeft: ['←', 'left'],
  ArrowRight: ['→', 'right'],
} as const;

/** A corner chosen from the list and moved by arrow keys, in metres; Enter makes it a step. */
export function CornerForm({ corners, pieces, activeId, pending, edits, onActive, onPending }: Props) {
  const t = useTexts(borderTexts);
  const [stride, setStride] = useState<number>(5);
  if (corners.length === 0) return <p className="muted">{t.noCorners}</p>;
  const active = corners.find(({ id }) => id === activeId);
  const scale = metresPerDegree((active?.at[1] ?? 0) / 1e7);
  const nudge = (arrow: Arrow): void => {
    if (!active) return;
    const [dx, dy] = keys[arrow];
    const from = pending ?? active.at;
    const quanta = (metres: number, perDegree: number): number => Math.round((metres / perDegree) * 1e7);
    onPending([from[0] + dx * quanta(stride, scale.lon), from[1] + dy * quanta(stride, scale.lat)]);
  };
  const apply = (): void => {
    if (active && pending)
      void edits.make({ kind: 'move-corners', moves: [{ from: [...active.at], to: [...pending] }] }).then((made) => {
        onPending(null);
        onActive(made ? pending.join() : active.id);
      });
  };
  const next = active && pieceFrom(active, pieces);
  const east = (((pending?.[0] ?? 0) - (active?.at[0] ?? 0)) / 1e7) * scale.lon;
  const north = (((pending?.[1] ?? 0) - (active?.at[1] ?? 0)) / 1e7) * scale.lat;
  return (
    <>
      <label className="border-field">
        {t.corners}
        <select
          aria-label={t.corners}
          value={active?.id ?? ''}
          onChange={(event) => {
            onPending(null);
            onActive(event.target.value === '' ? null : event.target.value);
          }}
        >
          <option value="">–</option>
          {corners.map(({ id }, i) => (
            <option key={id} value={id}>
              {t.corner(i + 1, corners.length)}
            </option>
          ))}
        </select>
      </label>
      {active ? (
        // Arrow keys anywhere in the group move the corner; each arrow is a button of its own, too.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <fieldset
          className="border-nudge"
          onKeyDown={(event) => {
            if (event.target instanceof HTMLSelectElement) return;
            if (event.key in keys) nudge(event.key as Arrow);
            else if (event.key === 'Enter' && pending) apply();
            else if (event.key === 'Escape' && pending) onPending(null);
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        >
          <legend>{t.nudge}</legend>
          <div className="border-arrows">
            {(Object.keys(signs) as Arrow[]).map((arrow) => (
              <button
                key={arrow}
                type="button"
                className="wg-button"
                aria-label={t.directions[signs[arrow][1]]}
                onClick={() => nudge(arrow)}
              >
                {signs[arrow][0]}
              </button>
            ))}
            <label>
              <span className="hidden">{t.stride}</span>
              <select aria-label={t.stride} value={stride} onChange={(event) => setStride(Number(event.target.value))}>
                {strides.map((metres) => (
                  <option key={metres} value={metres}>
                    {t.metres(metres)}
                  </option>
                ))}
              </select>
            </label>
          </div>
          {pending ? (
            <p className="border-pending">
              <span aria-live="polite">{t.offset(east.toFixed(1), north.toFixed(1))}</span>
              <button type="button" className="main-button" disabled={edits.busy} onClick={apply}>
                {t.apply}
              </button>
              <button type="button" className="wg-button" onClick={() => onPending(null)}>
                {t.cancel}
              </button>
            </p>
          ) : (
            <p className="border-pending">
              <button
                type="button"
                className="wg-button"
                disabled={!next || edits.busy}
                onClick={() => {
                  if (!next) return;
                  const at = middleOf(next);
                  void edits
                    .make({ kind: 'add-corner', a: [...next.a], b: [...next.b], at: [...at] })
                    .then((made) => made && onActive(at.join()));
                }}
              >
                {t.add}
              </button>
              <button
                type="button"
                className="wg-button"
                disabled={edits.busy}
                onClick={() => void edits.make({ kind: 'remove-corner', at: [...active.at] })}
              >
                {t.remove}
              </button>
            </p>
          )}
        </fieldset>
      ) : null}
    </>
  );
}
