import { deskTexts } from '@wangge/texts/console';
import { useNow, useTexts } from '@wangge/ui';
import { Button } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { IncidentPanel } from '../incident/incident-panel.tsx';
import { useMay } from '../session/me.tsx';
import { usePageTitle } from '../shell/page.tsx';
import { DeskMap } from './desk-map.tsx';
import { deskTabs, filterCount, filterQuery } from './desk-search.ts';
import { FilterBar } from './filter-bar.tsx';
import { IncidentList } from './incident-list.tsx';
import { KeyHelp } from './key-help.tsx';
import { searchBoxId } from './search-box.tsx';
import { Tiles } from './tiles.tsx';
import { useDesk } from './use-desk.ts';
import { useHotkeys } from './use-hotkeys.ts';
import { useIncidentPages } from './use-incident-pages.ts';
import { useQuickDispatch } from './use-quick-dispatch.ts';

const NewIncident = lazy(() => import('../incident/create/new-incident.tsx').then((m) => ({ default: m.NewIncident })));

/** List, map, detail. On a phone one at a time, by tabs. */
export function DeskPage() {
  const t = useTexts(deskTexts);
  const may = useMay();
  const desk = useDesk();
  const today = useNow(3_600_000);
  const query = useMemo(() => filterQuery(desk.filter, today), [desk.filter, today]);
  const pages = useIncidentPages(query);
  const [activeId, setActiveId] = useState<string | null>(desk.selectedId);
  const [creating, setCreating] = useState(false);
  const [helping, setHelping] = useState(false);
  const quick = useQuickDispatch(desk.selectedId);
  usePageTitle(t.title);

  const open = (id: string): void => {
    setActiveId(id);
    desk.select(id, desk.tab === 'list' ? 'detail' : undefined);
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
        desk.select(activeId, desk.tab === 'list' ? 'detail' : undefined);
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
            <Button type="primary" onClick={() => setCreating(true)}>
              {t.newIncident}
            </Button>
          ) : null}
          <Button
            className="desk-help"
            aria-label={t.keys.button}
            title={t.keys.button}
            onClick={() => setHelping(true)}
          >
            ?
          </Button>
        </div>
      </div>
      <FilterBar desk={desk} />
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
          <IncidentList
            pages={pages}
            selectedId={desk.selectedId}
            activeId={activeId}
            filtered={filterCount(desk.filter) > 0 || desk.filter.scope !== undefined}
            onOpen={open}
            onKey={onKey}
          />
        </section>
        <section className="desk-map" id="desk-map" aria-label={t.map.label}>
          <DeskMap desk={desk} query={query} rows={pages.rows} />
        </section>
        <section className="desk-detail" id="desk-detail" aria-label={t.tabs.detail}>
          <IncidentPanel
            key={desk.selectedId ?? 'none'}
            id={desk.selectedId}
            quick={quick}
            onClose={() => desk.select(null)}
            onOpen={(id) => open(id)}
          />
        </section>
      </div>
      <KeyHelp open={helping} onClose={() => setHelping(false)} />
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
