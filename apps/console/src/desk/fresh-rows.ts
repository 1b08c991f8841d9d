/**
 * Which rows of a list are new since it was last looked at, newest list order kept.
 *
 * Rows count as new only where they stand above the first row that was known before: rows that come
 * in below belong to a page that was loaded just now.
 */
export function freshAbove(known: ReadonlySet<string>, ids: readonly string[]): readonly string[] {
  if (known.size === 0) return [];
  const firstKnown = ids.findIndex((id) => known.has(id));
  return ids.slice(0, firstKnown < 0 ? 0 : firstKnown);
}
