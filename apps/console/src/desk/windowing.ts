/** Which rows of equal height are within sight, with a few around so that scrolling shows no holes. */
export function visibleRows(
  scrollTop: number,
  viewHeight: number,
  rowHeight: number,
  count: number,
  around = 6,
): { first: number; last: number } {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - around);
  const last = Math.min(count, Math.ceil((scrollTop + viewHeight) / rowHeight) + around);
  return { first: Math.min(first, last), last };
}

/** Scroll position that brings a row into view with the least movement; null when it is there already. */
export function scrollToRow(index: number, scrollTop: number, viewHeight: number, rowHeight: number): number | null {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  if (top + rowHeight > scrollTop + viewHeight) return top + rowHeight - viewHeight;
  return null;
}
