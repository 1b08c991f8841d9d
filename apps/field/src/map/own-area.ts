import type { Post } from '@wangge/staff/contract';

/** The area to show first: the smallest that one has a post in (the longest path). */
export function ownAreaId(posts: readonly Post[]): string | null {
  const smallest = posts.toSorted((a, b) => b.areaPath.length - a.areaPath.length)[0];
  return smallest?.areaId ?? null;
}
