import { deskTexts } from '@wangge/texts/console';
import { EmptyBlock, ErrorBlock, LoadingBlock, StaleTag, useTexts } from '@wangge/ui';
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useCategories } from '../common/use-categories.ts';
import { freshAbove } from './fresh-rows.ts';
import { IncidentListRow } from './incident-row.tsx';
import type { RowFact } from './row-facts.ts';
import type { IncidentPages } from './use-incident-pages.ts';
import { usePresence } from '../presence/use-presence.ts';
import { scrollToRow, visibleRows } from './windowing.ts';

const rowHeight = 58;

interface Props {
  readonly pages: IncidentPages;
  readonly selectedId: string | null;
  /** Row that keys move from; follows the selection. */
  readonly activeId: string | null;
  readonly filtered: boolean;
  /** What each row shows. */
  readonly facts: ReadonlySet<RowFact>;
  /** Those picked to be moved together; null while rows are opened instead. */
  readonly picked: ReadonlySet<string> | null;
  /** For the list as a whole, at the end of its head. */
  readonly tools: ReactNode;
  readonly onOpen: (id: string) => void;
  readonly onKey: (key: string) => boolean;
}

/** The list, drawn by windows. New rows come in above without moving what one is looking at. */
export function IncidentList({ pages, selectedId, activeId, filtered, facts, picked, tools, onOpen, onKey }: Props) {
  const t = useTexts(deskTexts).list;
  const { nameOf } = useCategories();
  const presence = usePresence();
  const box = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState({ top: 0, height: 600 });
  const rows = pages.rows;
  const ids = useMemo(() => rows?.map((row) => row.id) ?? [], [rows]);
  const { fresh, unseen } = useFresh(ids, pages.outdated, scroll.top, box);

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => setScroll((old) => ({ ...old, height: element.clientHeight })));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const activeIndex = activeId === null ? -1 : ids.indexOf(activeId);
  const showActive = useEffectEvent(() => {
    const element = box.current;
    if (!element || activeIndex < 0) return;
    const top = scrollToRow(activeIndex, element.scrollTop, element.clientHeight, rowHeight);
    if (top !== null) element.scrollTop = top;
  });
  // Only a move of the active row scrolls, not a row that came in above it.
  useEffect(() => showActive(), [activeId]);

  const { first, last } = visibleRows(scroll.top, scroll.height, rowHeight, ids.length);
  return (
    <div className="list">
      <div className="list-head">
        <span>{rows ? t.loaded(rows.length) : ' '}</span>
        <StaleTag atMs={pages.updatedAtMs} />
        {unseen > 0 ? (
          <button type="button" className="list-fresh" onClick={() => box.current?.scrollTo({ top: 0 })}>
            ↑ {t.fresh(unseen)}
          </button>
        ) : null}
        {tools}
      </div>
      {rows === null ? (
        pages.error ? (
          <ErrorBlock error={pages.error} onRetry={pages.retry} />
        ) : (
          <LoadingBlock rows={8} />
        )
      ) : rows.length === 0 ? (
        <EmptyBlock title={t.empty}>{filtered ? t.emptyFiltered : t.emptyOpen}</EmptyBlock>
      ) : null}
      <div
        ref={box}
        className={`list-box${pages.outdated ? ' list-outdated' : ''}`}
        hidden={rows === null || rows.length === 0}
        onScroll={(event) => {
          const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
          setScroll({ top: scrollTop, height: clientHeight });
          if (pages.hasMore && !pages.loadingMore && scrollHeight - scrollTop - clientHeight < 400) pages.more();
        }}
      >
        <div
          role="listbox"
          tabIndex={0}
          aria-label={t.label}
          aria-multiselectable={picked !== null}
          aria-activedescendant={activeIndex >= first && activeIndex < last ? `row-${activeId}` : undefined}
          className="list-rows"
          data-testid="incident-list"
          style={{ height: ids.length * rowHeight }}
          // The list takes clicks and keys for all of its rows (aria-activedescendant).
          onClick={(event) => {
            const row = (event.target as HTMLElement).closest<HTMLElement>('[role="option"]');
            if (row?.dataset['id'] !== undefined) onOpen(row.dataset['id']);
          }}
          onKeyDown={(event) => {
            if (['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key) && onKey(event.key)) event.preventDefault();
          }}
        >
          {rows?.slice(first, last).map((row, i) => (
            <IncidentListRow
              key={row.id}
              row={row}
              top={(first + i) * rowHeight}
              index={first + i}
              total={ids.length}
              selected={picked ? picked.has(row.id) : row.id === selectedId}
              pickable={picked !== null}
              active={row.id === activeId}
              fresh={fresh.has(row.id)}
              facts={facts}
              categoryName={nameOf}
              other={presence.get(row.id)?.[0]}
            />
          ))}
        </div>
        {pages.hasMore ? (
          <button type="button" className="wg-button list-more" disabled={pages.loadingMore} onClick={pages.more}>
            {t.more}
          </button>
        ) : null}
      </div>
    </div>
  );
}

/** Marks what came in above, counts it while one is scrolled down, and keeps the view where it was. */
function useFresh(
  ids: readonly string[],
  outdated: boolean,
  scrollTop: number,
  box: React.RefObject<HTMLDivElement | null>,
): { fresh: ReadonlySet<string>; unseen: number } {
  const none: ReadonlySet<string> = new Set();
  const [state, setState] = useState({ ids, known: none, fresh: none, unseen: none, shift: 0 });
  if (!outdated && state.ids !== ids) {
    // Another filter's answer has little in common with this one: nothing of it is news.
    const sameList = state.ids.some((id) => ids.includes(id));
    const news = sameList ? freshAbove(state.known, ids) : [];
    const atTop = scrollTop < rowHeight / 2;
    setState({
      ids,
      known: new Set(sameList ? [...state.known, ...ids] : ids),
      fresh: news.length > 0 ? new Set(news) : sameList ? state.fresh : none,
      unseen: sameList && !atTop ? new Set([...state.unseen, ...news]) : none,
      shift: atTop ? 0 : news.length * rowHeight,
    });
  }
  useLayoutEffect(() => {
    if (state.shift > 0) box.current?.scrollBy({ top: state.shift });
  }, [state.ids, state.shift, box]);
  return { fresh: state.fresh, unseen: scrollTop < rowHeight / 2 ? 0 : state.unseen.size };
}
