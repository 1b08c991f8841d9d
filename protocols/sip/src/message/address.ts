import { SipError } from '../error.ts';
import { parseParams, splitOutside, unquote, type Params } from './split.ts';

export interface SipUri {
  readonly scheme: string;
  /** Device number, telephone number or name; '' when there is none. */
  readonly user: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly params: Params;
}

/** RFC 3261 §19.1, and `tel:` (RFC 3966) with the number as user. @throws SipError `malformed` */
export function parseUri(text: string): SipUri {
  const scheme = /^(sips?|tel):/i.exec(text)?.[1]?.toLowerCase();
  if (!scheme || text.length > 2048) throw new SipError('malformed', 'URI');
  const [head = '', ...params] = text
    .slice(scheme.length + 1)
    .replace(/\?.*$/s, '')
    .split(';');
  if (scheme === 'tel') return { scheme, user: head, host: '', port: undefined, params: parseParams(params) };
  const at = head.lastIndexOf('@');
  const user = at < 0 ? '' : head.slice(0, at).replace(/:.*$/s, '');
  const { host, port } = parseHostPort(head.slice(at + 1));
  return { scheme, user, host, port, params: parseParams(params) };
}

/** `host`, `host:port`, `[v6]:port`. @throws SipError `malformed` */
export function parseHostPort(text: string): { host: string; port: number | undefined } {
  const match = /^(?:\[([0-9A-Fa-f:.]{2,45})\]|([^\s:[\]<>"]{1,253}))(?:\s*:\s*(\d{1,5}))?$/.exec(text.trim());
  const port = match?.[3] === undefined ? undefined : Number(match[3]);
  if (!match || (port !== undefined && port > 65535)) throw new SipError('malformed', 'host and port');
  return { host: (match[1] ?? match[2])!, port };
}

export interface NameAddr {
  readonly display: string;
  readonly uri: string;
  readonly params: Params;
}

/** From, To, Contact, Route (RFC 3261 §20.10): with angle brackets or bare. @throws SipError `malformed` */
export function parseNameAddr(value: string): NameAddr {
  const open = angleStart(value);
  if (open < 0) {
    // Without brackets the parameters belong to the header, not to the URI.
    const [uri = '', ...params] = splitOutside(value, ';');
    if (uri === '') throw new SipError('malformed', 'address');
    return { display: '', uri, params: parseParams(params) };
  }
  const close = value.indexOf('>', open);
  if (close < 0) throw new SipError('malformed', 'address without closing bracket');
  const params = parseParams(splitOutside(value.slice(close + 1), ';'));
  return { display: unquote(value.slice(0, open).trim()), uri: value.slice(open + 1, close).trim(), params };
}

/** User part of an address header (the device's number); '' when it cannot be read. */
export function userOf(value: string | undefined): string {
  try {
    return parseUri(parseNameAddr(value ?? '').uri).user;
  } catch {
    return '';
  }
}

export const tagOf = (value: string | undefined): string => {
  try {
    return parseNameAddr(value ?? '').params.get('tag') ?? '';
  } catch {
    return '';
  }
};

function angleStart(value: string): number {
  let quoted = false;
  for (let at = 0; at < value.length; at++) {
    if (quoted && value[at] === '\\') at++;
    else if (value[at] === '"') quoted = !quoted;
    else if (!quoted && value[at] === '<') return at;
  }
  return -1;
}
