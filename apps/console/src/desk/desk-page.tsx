import { deskTexts, incidentTexts } from '@wangge/texts/console';
import { EmptyBlock, LoadingBlock, useNow, useTexts } from '@wangge/ui';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useRemembered } from '../common/use-remembered.ts';
import { useMay } from '../session/me.tsx';
import { designed } from '../design/designed.tsx';
import { usePageTitle } from '../shell/page.tsx';
import { deskTabs, filterCount, filterQuery, searchBoxId } from './desk-search.ts';
import { IncidentList } from './incident-list.tsx';
import { rowFacts, usualFacts } from './row-facts.ts';
import { Tiles } from './tiles.tsx';
import { useDesk } from './use-desk.ts';
import { useHotkeys } from './use-hotkeys.ts';
import { useIncidentPages } from './use-incident-pages.ts';
import { useQuickDispatch } from './use-quick-dispatch.ts';

// The list comes first: one can read it while the map and the rest are still on their way.
const DeskMap = lazy(() => import('./desk-map.tsx').then((m) => ({ default: m.DeskMap })));
const FilterBar = lazy(() => designed(() => import('./filter-bar.tsx').then((m) => m.FilterBar)));
const IncidentPanel = lazy(() => designed(() => import('../incident/incident-panel.tsx').then((m) => m.IncidentPanel)));
const ListTools = lazy(() => designed(() => import('./list-tools.tsx').then((m) => m.ListTools)));
const TriageBar = lazy(() => designed(() => import('./triage/triage-bar.tsx').then((m) => m.TriageBar)));
const KeyHelp = lazy(() => designed(() => import('./key-help.tsx').then((m) => m.KeyHelp)));
const NewIncident = lazy(() =>
  designed(() => import('../incident/create/new-incident.tsx').then((m) => m.NewIncident)),
);

/** List, map, detail. On a phone one at a time, by tabs. */
export function DeskPage() {
  const t = useTexts(deskTexts);
  const words = useTexts(incidentTexts);
  const may = useMay();
  const desk = useDesk();
  const today = useNow(3_600_000);
  const query = useMemo(() => filterQuery(desk.filter, today), [desk.filter, today]);
  const pages = useIncidentPages(query);
  const [activeId, setActiveId] = useState<string | null>(desk.selectedId);
  const [picked, setPicked] = useState<ReadonlySet<string> | null>(null);
  const [facts, setFacts] = useRemembered('list-facts', rowFacts, usualFacts);
  const shownFacts = useMemo(() => new Set(facts), [facts]);
  const [creating, setCreating] = useState(false);
  const [helping, setHelping] = useState(false);
  const quick = useQuickDispatch(desk.selectedId);
  usePageTitle(t.title);

  const open = (id: string): void => {
    setActiveId(id);
    desk.select(id, desk.tab === 'list' ? 'detail' : undefined);
  };
  const openOrPick = (id: string): void => {
    if (!picked) return open(id);
    setActiveId(id);
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    setPicked(next);
  };
  const move = (by: number): boolean => {
    quick.drop();
    const rows = pages.rows ?? [];
    const at = rows.findIndex((row) => row.id === (activeId ?? desk.selectedId));
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next) setActiveId(next.id);
    return true;
  };
  const onKey = (key: string): boolean => {
    switch (key) {
      case 'j':
      case 'ArrowDown':
        return move(1);
      case 'k':
      case 'ArrowUp':
        return move(-1);
      case 'Enter':
        if (activeId === null) return false;
        if (picked) openOrPick(activeId);
        else desk.select(activeId, desk.tab === 'list' ? 'detail' : undefined);
        return true;
      case 'd':
        // Nothing is sent that one has not seen: the first press opens the incident, the next dispatches it.
        if (activeId !== null && activeId !== desk.selectedId) desk.select(activeId);
        else if (may('dispatch.offer')) quick.ask();
        return true;
      case '/':
        document.getElementById(searchBoxId)?.focus();
        return true;
      case 'n':
        if (may('incidents.report')) setCreating(true);
        return true;
      case 'm':
        document.querySelector<HTMLElement>('.desk-map [role="application"]')?.focus();
        return true;
      case 'Escape':
        if (quick.drop()) return true;
        if (desk.selectedId === null) return false;
        desk.select(null);
        return true;
      case '?':
        setHelping(true);
        return true;
      default:
        return false;
    }
  };
  // Enter on a focused button is that button's.
  useHotkeys((key) => (key === 'Enter' && document.activeElement !== document.body ? false : onKey(key)));

  return (
    <div className={`desk desk-tab-${desk.tab}${desk.selectedId === null ? '' : ' desk-detailed'}`}>
      <h1 className="hidden">{t.title}</h1>
      <div className="desk-top">
        <Tiles filter={desk.filter} onFilter={desk.setFilter} />
        <div className="desk-actions">
          {may('incidents.report') ? (
            <button type="button" className="main-button" onClick={() => setCreating(true)}>
              {t.newIncident}
            </button>
          ) : null}
          <button
            type="button"
            className="wg-button desk-help"
            aria-label={t.keys.button}
            title={t.keys.button}
            onClick={() => setHelping(true)}
          >
            ?
          </button>
        </div>
      </div>
      <Suspense fallback={<div className="filters filters-waiting" />}>
        <FilterBar desk={desk} />
      </Suspense>
      <div className="desk-tabs" role="tablist" aria-label={t.tabs.label}>
        {deskTabs.map((tab) => (
          <button
            key={tab}
            type="button"
            role="tab"
            aria-selected={desk.tab === tab}
            aria-controls={`desk-${tab}`}
            onClick={() => desk.setTab(tab)}
          >
            {t.tabs[tab]}
          </button>
        ))}
      </div>
      <div className="desk-body">
        <section className="desk-list" id="desk-list" aria-label={t.list.label}>
          {picked ? (
            <Suspense fallback={null}>
              <TriageBar rows={pages.rows ?? []} picked={picked} onPicked={setPicked} />
            </Suspense>
          ) : null}
          <IncidentList
            pages={pages}
            selectedId={desk.selectedId}
            activeId={activeId}
            filtered={filterCount(desk.filter) > 0 || desk.filter.scope !== undefined}
            facts={shownFacts}
            tools={
              <Suspense fallback={null}>
                <ListTools
                  query={query}
                  facts={facts}
                  onFacts={setFacts}
                  picking={picked !== null}
                  onPicking={(picking) => setPicked(picking ? new Set() : null)}
                />
              </Suspense>
            }
            picked={picked}
            onOpen={openOrPick}
            onKey={onKey}
          />
        </section>
        <section className="desk-map" id="desk-map" aria-label={t.map.label}>
          <Suspense fallback={<LoadingBlock rows={3} />}>
            <DeskMap desk={desk} query={query} rows={pages.rows} />
          </Suspense>
        </section>
        <section className="desk-detail" id="desk-detail" aria-label={t.tabs.detail}>
          {desk.selectedId === null ? (
            <EmptyBlock title={words.label}>{words.pick}</EmptyBlock>
          ) : (
            <Suspense fallback={<LoadingBlock rows={6} />}>
              <IncidentPanel
                key={desk.selectedId}
                id={desk.selectedId}
                quick={quick}
                onClose={() => desk.select(null)}
                onOpen={(id) => open(id)}
              />
            </Suspense>
          )}
        </section>
      </div>
      {helping ? (
        <Suspense fallback={null}>
          <KeyHelp onClose={() => setHelping(false)} />
        </Suspense>
      ) : null}
      {creating ? (
        <Suspense fallback={null}>
          <NewIncident
            onClose={() => setCreating(false)}
            onDone={(id) => {
              setCreating(false);
              open(id);
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
