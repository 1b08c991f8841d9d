import type { Category } from '@wangge/incidents/contract';

export interface CategoryRow extends Category {
  readonly children?: CategoryRow[];
}

/** Top level with its children, both in their order; a child whose parent is unknown stands at the top. */
export function categoryTree(categories: readonly Category[]): readonly CategoryRow[] {
  const sorted = categories.toSorted((a, b) => a.order - b.order || (a.code < b.code ? -1 : 1));
  const codes = new Set(categories.map((category) => category.code));
  return sorted
    .filter((category) => category.parentCode === null || !codes.has(category.parentCode))
    .map((top) => {
      const children = sorted.filter((category) => category.parentCode === top.code);
      return children.length > 0 ? { ...top, children } : top;
    });
}
