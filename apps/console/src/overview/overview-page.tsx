import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { countIncidents, incidentSources, incidentStateNames } from '@wangge/incidents/contract';
import { overviewTexts } from '@wangge/texts/console';
import {
  dayStart,
  EmptyBlock,
  ErrorBlock,
  LoadingBlock,
  StaleTag,
  stateGroupLabel,
  useCall,
  useNow,
  usePick,
  useTexts,
} from '@wangge/ui';
import { Segmented } from 'antd';
import { AreaSelect } from '../common/area-select.tsx';
import { useCategories } from '../common/use-categories.ts';
import { Page } from '../shell/page.tsx';
import { ChartPanel } from './chart-panel.tsx';
import { barChart, lineChart } from './chart-options.ts';
import { Rates } from './rates.tsx';
import { byParent, fillDays, labelled, signed } from './figures.ts';

const route = getRouteApi('/overview');
const stateLabels = Object.fromEntries(incidentStateNames.map((state) => [state, stateGroupLabel(state)]));
const spans = [7, 30, 90, 365] as const;

/** Figures of an area over a time: how many came in, how many were closed, of what and from whom. */
export function OverviewPage() {
  const t = useTexts(overviewTexts);
  const pick = usePick();
  const { byCode, nameOf } = useCategories();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/overview' });
  const days = spans.find((each) => String(each) === search.days) ?? 30;
  const today = dayStart(useNow(60_000));
  const fromMs = today - (days - 1) * 86_400_000;
  const query = { fromMs, toMs: today + 86_400_000, ...(search.area ? { areaId: search.area } : {}) };
  const counts = useCall(countIncidents, { query }, { keepPrevious: true });
  const data = counts.data;
  // As many days right before: whether a number is many is told by what is usual.
  const before = useCall(
    countIncidents,
    { query: { ...query, fromMs: fromMs - days * 86_400_000, toMs: fromMs } },
    { keepPrevious: true, freshMs: 600_000 },
  ).data;
  const set = (change: { area?: string | undefined; days?: string }): void => {
    const next = { ...search, ...change };
    void navigate({
      replace: true,
      search: { ...(next.area ? { area: next.area } : {}), ...(next.days ? { days: next.days } : {}) },
    });
  };
  const tools = (
    <>
      <StaleTag atMs={counts.dataUpdatedAt} />
      <AreaSelect label={t.area} value={search.area} onChange={(area) => set({ area })} className="filter-area" />
      <Segmented
        aria-label={t.range}
        value={days}
        options={spans.map((n) => ({ value: n, label: n === 365 ? t.year : t.days(n) }))}
        onChange={(n) => set({ days: String(n) })}
      />
    </>
  );
  const series = data ? fillDays(data.byDay, fromMs, today) : [];
  const categories = data ? labelled(byParent(data.byCategory, byCode), nameOf) : [];
  const sources = data ? labelled(data.bySource, (k) => labelOf(incidentSources, k, pick)) : [];
  const states = data ? labelled(data.byState, (k) => labelOf(stateLabels, k, pick)) : [];
  return (
    <Page title={t.title} permission="incidents.read" tools={tools}>
      {data === undefined ? (
        counts.error ? (
          <ErrorBlock error={counts.error} onRetry={() => void counts.refetch()} />
        ) : (
          <LoadingBlock rows={6} />
        )
      ) : data.total === 0 ? (
        <EmptyBlock title={t.empty} />
      ) : (
        <>
          <div className="stats">
            <Stat
              name={t.total}
              value={String(data.total)}
              note={before && before.total > 0 ? t.than(signed(data.total / before.total - 1, '%')) : null}
            />
            <Stat name={t.open} value={String(data.open)} />
            <Stat name={t.overdue} value={String(data.overdue)} urgent={data.overdue > 0} />
            <Stat
              name={t.closingRate}
              value={data.closingRate === null ? t.noRate : `${(data.closingRate * 100).toFixed(1)}%`}
              note={
                data.closingRate === null || before?.closingRate == null
                  ? null
                  : t.than(signed(data.closingRate - before.closingRate, t.points))
              }
            />
          </div>
          <ChartPanel
            title={t.byDay}
            wide
            option={lineChart(
              series.map((day) => day.day.slice(5)),
              [
                { name: t.reported, values: series.map((day) => day.reported) },
                { name: t.closed, values: series.map((day) => day.closed), dashed: true },
              ],
            )}
            head={[t.day, t.reported, t.closed]}
            rows={series.map((day) => [day.day, day.reported, day.closed])}
          />
          <div className="columns">
            {(
              [
                [t.byCategory, categories],
                [t.bySource, sources],
                [t.byState, states],
              ] as const
            ).map(([title, rows]) => (
              <ChartPanel
                key={title}
                title={title}
                option={barChart(rows)}
                head={[t.name, t.count]}
                rows={rows.map((row) => [row.name, row.count])}
              />
            ))}
          </div>
          <Rates query={query} />
        </>
      )}
    </Page>
  );
}

interface StatProps {
  readonly name: string;
  readonly value: string;
  /** How it was before. */
  readonly note?: string | null;
  readonly urgent?: boolean;
}
function Stat({ name, value, note = null, urgent = false }: StatProps) {
  return (
    <div className="panel">
      <p className="muted">{name}</p>
      <p className={`stat${urgent ? ' stat-urgent' : ''}`}>{value}</p>
      {note === null ? null : <p className="muted stat-note">{note}</p>}
    </div>
  );
}

function labelOf(
  labels: Readonly<Record<string, { zh: string; en: string }>>,
  key: string,
  pick: (text: { zh: string; en: string }) => string,
): string {
  const label = labels[key];
  return label ? pick(label) : key;
}
