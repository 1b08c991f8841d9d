import { severities, type IncidentCell } from '@wangge/incidents/contract';
import { mapTexts } from '@wangge/texts/console';
import { usePick, useTexts } from '@wangge/ui';
import { cellId, type Town } from '@wangge/ui/map';
import { useRef, useState } from 'react';

interface Props {
  readonly cells: readonly IncidentCell[];
  readonly total: number;
  readonly town: Town;
  readonly onPick: (cell: IncidentCell) => void;
}
const mostShown = 50;

/** Groups of the map as a list, for the keyboard and for who cannot see the map. Fullest first. */
export function CellList({ cells, total, town, onPick }: Props) {
  const t = useTexts(mapTexts);
  const pick = usePick();
  const [open, setOpen] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const say = (cell: IncidentCell): string => {
    const area = cell.areaId === null ? undefined : town.byId.get(cell.areaId);
    const facts = [
      t.near(cell.count, area?.name ?? null),
      ...(cell.overdue > 0 ? [t.overdue(cell.overdue)] : []),
      ...(cell.worst === 'ordinary' ? [] : [t.worst(pick(severities[cell.worst]))]),
    ];
    return facts.join(' · ');
  };
  return (
    <>
      <button
        type="button"
        className="wg-map-button map-toggle"
        aria-expanded={open}
        aria-controls="map-cells"
        onClick={() => setOpen(!open)}
      >
        {t.list}
      </button>
      {open ? (
        <section className="map-cells" id="map-cells" aria-label={t.listLabel} tabIndex={-1} ref={panel}>
          <p role="status">
            {total === 0 ? t.nothing : cells.length === 0 ? t.points(total) : t.summary(total, cells.length)}
          </p>
          <ul>
            {cells.slice(0, mostShown).map((cell) => (
              <li key={cellId(cell)}>
                <button
                  type="button"
                  title={t.listHint}
                  onClick={() => {
                    onPick(cell);
                    // The button goes with its group: without this the keyboard would start from the top of the page.
                    panel.current?.focus();
                  }}
                >
                  {say(cell)}
                </button>
              </li>
            ))}
          </ul>
          {cells.length > mostShown ? <p>{t.more(cells.length - mostShown)}</p> : null}
        </section>
      ) : null}
    </>
  );
}
