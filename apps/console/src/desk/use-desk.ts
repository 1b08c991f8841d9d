import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import {
  readDeskSearch,
  readFilter,
  writeDeskSearch,
  type DeskFilter,
  type DeskSearch,
  type DeskTab,
} from './desk-search.ts';

const route = getRouteApi('/');

export interface Desk {
  readonly filter: DeskFilter;
  readonly selectedId: string | null;
  readonly tab: DeskTab;
  setFilter(change: Partial<Record<keyof DeskFilter, DeskFilter[keyof DeskFilter] | undefined>>): void;
  /** Another filter in place of this one; back leads to this one again. */
  replaceFilter(filter: DeskFilter): void;
  clearFilter(): void;
  select(id: string | null, tab?: DeskTab): void;
  setTab(tab: DeskTab): void;
}

/** Everything the desk remembers is in the address: reload, back and a sent link all show the same. */
export function useDesk(): Desk {
  const given = route.useSearch();
  // The router lets through what no route asked for, so an address with a wrong id would still give it.
  const search = useMemo(() => readDeskSearch(given as Record<string, unknown>), [given]);
  const navigate = useNavigate({ from: '/' });
  const filter = useMemo(() => readFilter(search as Record<string, unknown>), [search]);
  const selectedId = search.id ?? null;
  const tab = (search.tab ?? usualTab(search.id)) as DeskTab;

  const setFilter = useCallback<Desk['setFilter']>(
    (change) =>
      void navigate({
        // Typing a filter is one step back, not one per letter.
        replace: true,
        search: (old) => writeDeskSearch({ ...filterOf(old), ...change } as DeskFilter, shown(old)),
      }),
    [navigate],
  );
  const replaceFilter = useCallback<Desk['replaceFilter']>(
    (next) =>
      void navigate({
        search: (old) => writeDeskSearch(next, shown(old)),
      }),
    [navigate],
  );
  const clearFilter = useCallback(() => replaceFilter({}), [replaceFilter]);
  const select = useCallback<Desk['select']>(
    (id, nextTab) =>
      void navigate({
        search: (old: DeskSearch) => {
          const tabNow = nextTab ?? (id === null ? undefined : old.tab);
          return writeDeskSearch(
            filterOf(old),
            shown({ ...(id === null ? {} : { id }), ...(tabNow ? { tab: tabNow } : {}) }),
          );
        },
        // Walking through the list with j and k is one step back as well.
        replace: selectedId !== null && id !== null,
      }),
    [navigate, selectedId],
  );
  const setTab = useCallback<Desk['setTab']>(
    (next) =>
      void navigate({
        search: (old: DeskSearch) => writeDeskSearch(filterOf(old), shown({ ...old, tab: next })),
      }),
    [navigate],
  );
  return { filter, selectedId, tab, setFilter, replaceFilter, clearFilter, select, setTab };
}

const filterOf = (search: DeskSearch): DeskFilter => readFilter({ ...search });

/** A link to an incident (from a message, from a call for help) shows it on a phone as well, not the list. */
const usualTab = (id: string | undefined): DeskTab => (id === undefined ? 'list' : 'detail');

/** What an address shows besides its filter. */
function shown({ id, tab }: DeskSearch): { id?: string; tab?: string } {
  return { ...(id ? { id } : {}), ...(tab && tab !== usualTab(id) ? { tab } : {}) };
}
