import type { CallError } from '@wangge/client';
import { categoriesChanged, listCategories, type Category } from '@wangge/incidents/contract';
import { useCall, usePick } from '@wangge/ui';
import { useCallback, useMemo } from 'react';

const live = { types: [categoriesChanged.type] };

export type CategoryName = (code: string) => string;

export interface CategoryOption {
  readonly value: string;
  readonly title: string;
  readonly selectable: boolean;
  readonly children: readonly CategoryOption[];
}

/** Categories by code, their names, and the two-level tree for pickers. */
export function useCategories(): {
  categories: readonly Category[];
  byCode: ReadonlyMap<string, Category>;
  nameOf: CategoryName;
  /** Active ones; the top level cannot take a report. */
  options: readonly CategoryOption[];
  /** Fetched, so that an empty list means that there are none. */
  ready: boolean;
  error: CallError | null;
  retry: () => void;
} {
  const pick = usePick();
  const { data, error, refetch } = useCall(listCategories, {}, { freshMs: 600_000, live });
  const categories = useMemo(() => data?.categories ?? [], [data]);
  const byCode = useMemo(() => new Map(categories.map((category) => [category.code, category])), [categories]);
  const nameOf = useCallback<CategoryName>(
    (code) => {
      const category = byCode.get(code);
      return category ? pick(category.name) : code;
    },
    [byCode, pick],
  );
  const options = useMemo(
    () =>
      categories
        .filter((top) => top.parentCode === null && top.active)
        .map((top) => ({
          value: top.code,
          title: pick(top.name),
          selectable: false,
          children: categories
            .filter((each) => each.parentCode === top.code && each.active)
            .map((each) => ({ value: each.code, title: pick(each.name), selectable: true, children: [] })),
        })),
    [categories, pick],
  );
  return { categories, byCode, nameOf, options, ready: data !== undefined, error, retry: () => void refetch() };
}
