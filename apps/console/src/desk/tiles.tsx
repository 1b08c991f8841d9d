import { countIncidents, type IncidentState } from '@wangge/incidents/contract';
import { deskTexts } from '@wangge/texts/console';
import { dayStart, formatDay, StaleTag, useCall, useNow, useTexts } from '@wangge/ui';
import type { DeskFilter } from './desk-search.ts';

interface Props {
  readonly filter: DeskFilter;
  readonly onFilter: (change: Partial<Record<keyof DeskFilter, DeskFilter[keyof DeskFilter] | undefined>>) => void;
}
type TileName = keyof typeof deskTexts.zh.tiles;
interface Tile {
  readonly name: TileName;
  readonly count: number | undefined;
  /** The filter this tile stands for. */
  readonly set: DeskFilter;
  readonly urgent?: boolean;
}

/** Numbers of the chosen area; each is a filter. */
export function Tiles({ filter, onFilter }: Props) {
  const t = useTexts(deskTexts).tiles;
  const nowMs = useNow(60_000);
  const counts = useCall(
    countIncidents,
    { query: filter.area === undefined ? {} : { areaId: filter.area } },
    { keepPrevious: true },
  );
  const data = counts.data;
  const of = (state: IncidentState): number | undefined => (data ? (data.byState[state] ?? 0) : undefined);
  const today = data?.byDay.find((day) => day.day === formatDay(dayStart(nowMs)));
  const tiles: readonly Tile[] = [
    { name: 'open', count: data?.open, set: {} },
    { name: 'reported', count: of('reported'), set: { state: ['reported'] } },
    {
      name: 'registered',
      count: data ? (of('accepted') ?? 0) + (of('registered') ?? 0) : undefined,
      set: { state: ['accepted', 'registered'] },
    },
    { name: 'handling', count: of('handling'), set: { state: ['handling'] } },
    { name: 'responded', count: of('responded'), set: { state: ['responded'] } },
    { name: 'reopen', count: of('reopen-requested'), set: { state: ['reopen-requested'] } },
    { name: 'overdue', count: data?.overdue, set: { clock: ['overdue'] }, urgent: true },
    { name: 'today', count: data ? (today?.reported ?? 0) : undefined, set: { scope: 'all', range: 'today' } },
  ];
  const cleared = { state: undefined, clock: undefined, scope: undefined, range: undefined };
  return (
    <div className="tiles" role="group" aria-label={t.label}>
      {tiles.map((tile) => (
        <button
          key={tile.name}
          type="button"
          className={`tile${tile.urgent && (tile.count ?? 0) > 0 ? ' tile-urgent' : ''}`}
          aria-pressed={isSet(filter, tile.set)}
          data-testid={`tile-${tile.name}`}
          onClick={() => onFilter({ ...cleared, ...tile.set })}
        >
          <span className="tile-name">{t[tile.name]}</span>
          <span className="tile-count">{tile.count ?? (counts.error ? '–' : '…')}</span>
        </button>
      ))}
      <StaleTag atMs={counts.dataUpdatedAt} />
    </div>
  );
}

/** Whether a tile's filter is the present one, area, category and words aside. */
function isSet(filter: DeskFilter, set: DeskFilter): boolean {
  const text = (f: DeskFilter): string =>
    [f.state?.join(), f.clock?.join(), f.scope, f.range].map((part) => part ?? '').join(' ');
  return text(filter) === text(set);
}
