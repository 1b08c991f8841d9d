/** Addresses of streams: rtsp://user:password@host:port/path?query. */

export interface RtspUrl {
  readonly host: string;
  readonly port: number;
  /** The address as it goes into requests: without user and password. */
  readonly uri: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

/**
 * Reads an address as people paste it: passwords with raw '@', '#' or ':' are common, so the last '@' before the path
 * ends the user part.
 *
 * @throws TypeError (without the address in it, for it may hold a password) where it is none
 */
export function parseRtspUrl(text: string): RtspUrl {
  const match = /^rtsp:\/\/([^/?]*)([/?].*)?$/is.exec(text.trim());
  if (match === null || /[\s]/.test(text.trim())) throw new TypeError('not an address of RTSP');
  const authority = match[1]!;
  const path = match[2] ?? '/';
  const at = authority.lastIndexOf('@');
  const place = /^(\[[\da-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/i.exec(authority.slice(at + 1));
  const port = Number(place?.[2] ?? 554);
  if (place === null || port < 1 || port > 65_535) throw new TypeError('not an address of RTSP');
  const host = place[1]!;
  const [username, password] = at < 0 ? [undefined, undefined] : splitUser(authority.slice(0, at));
  const uri = `rtsp://${host}${place[2] === undefined ? '' : `:${port}`}${path.startsWith('?') ? `/${path}` : path}`;
  return { host: host.replace(/^\[|\]$/g, ''), port, uri, username, password };
}

/**
 * The address of a track (RFC 2326 appendix C.1.1): absolute, or appended to the base. Cameras mean "append" even where
 * RFC 3986 would replace the last part of the path, and put it before or after the query; it goes after it, as their
 * firmware expects.
 */
export function controlUri(base: string, control: string | undefined): string {
  if (control === undefined || control === '' || control === '*') return base;
  if (/^rtsp:\/\//i.test(control)) return withoutUser(control);
  if (base.endsWith('/')) return base + control.replace(/^\//, '');
  return control.startsWith('/') || control.startsWith('?') ? base + control : `${base}/${control}`;
}

/** The address without user and password. */
export function withoutUser(uri: string): string {
  return uri.replace(/^(rtsp:\/\/)[^/?]*@/i, '$1');
}

function splitUser(text: string): [string, string] {
  const colon = text.indexOf(':');
  return colon < 0 ? [decode(text), ''] : [decode(text.slice(0, colon)), decode(text.slice(colon + 1))];
}

/** A raw '%' in a password is no escape. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
