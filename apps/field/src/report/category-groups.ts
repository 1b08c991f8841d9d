import type { Category } from '@wangge/incidents/contract';

export interface CategoryGroup {
  readonly top: Category;
  readonly children: readonly Category[];
}

/** Two levels, open ones only, in the order the town gave them; a top without children is left out. */
export function categoryGroups(categories: readonly Category[]): readonly CategoryGroup[] {
  const open = categories.filter(({ active }) => active).toSorted((a, b) => a.order - b.order);
  return open
    .filter(({ parentCode }) => parentCode === null)
    .map((top) => ({ top, children: open.filter(({ parentCode }) => parentCode === top.code) }))
    .filter(({ children }) => children.length > 0);
}
