/**
 * The address of a route: `:name` parts filled from `params`, `query` appended. Undefined, null and
 * empty values are left out, arrays become comma-separated lists, as `listQuery` reads them.
 *
 * @throws Error when a part of the path has no value: a programmer's mistake
 */
export function requestUrl(path: string, params: unknown, query: unknown): string {
  const values = asRecord(params);
  const filled = path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined || value === null || value === '') throw new Error(`no ${name} for ${path}`);
    return encodeURIComponent(plain(value));
  });
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(asRecord(query))) {
    if (value === undefined || value === null || value === '') continue;
    const text = Array.isArray(value) ? value.map(plain).join(',') : plain(value);
    if (text !== '') search.set(key, text);
  }
  const tail = search.toString();
  return tail === '' ? filled : `${filled}?${tail}`;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function plain(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`a ${typeof value} cannot be part of an address`);
}
