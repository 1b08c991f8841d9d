/** Searches of addresses as plain words, so that a filter can be read, typed and sent to others. */

export type PlainSearch = Record<string, string>;

export function parseSearch(text: string): PlainSearch {
  return Object.fromEntries(new URLSearchParams(text));
}

/** Empty values are left out; order is that of the object, so equal filters give equal addresses. */
export function stringifySearch(search: Record<string, unknown>): string {
  const out = new URLSearchParams();
  for (const [key, value] of Object.entries(search))
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') out.set(key, String(value));
  // Commas and colons may stand as they are in a query (RFC 3986 §3.4) and are easier to read.
  const tail = out.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return tail === '' ? '' : `?${tail}`;
}
