import { SipError } from '../error.ts';
import { parseHostPort } from './address.ts';
import type { Headers } from './headers.ts';
import { parseParams, splitOutside } from './split.ts';

export interface Via {
  readonly transport: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly params: Map<string, string>;
}

/** RFC 3261 §20.42. @throws SipError `malformed` */
export function parseVia(value: string): Via {
  const [head = '', ...params] = splitOutside(value, ';');
  const match = /^SIP\s*\/\s*2\.0\s*\/\s*([A-Za-z]{1,8})\s+(.+)$/i.exec(head);
  if (!match) throw new SipError('malformed', 'Via');
  return { transport: match[1]!.toUpperCase(), ...parseHostPort(match[2]!), params: parseParams(params) };
}

function formatVia(via: Via): string {
  const host = via.host.includes(':') ? `[${via.host}]` : via.host;
  const params = [...via.params].map(([name, value]) => (value === '' ? `;${name}` : `;${name}=${value}`)).join('');
  return `SIP/2.0/${via.transport} ${host}${via.port === undefined ? '' : `:${via.port}`}${params}`;
}

/**
 * Writes down where the request really came from: `received` always when it differs, `rport` when asked
 * (RFC 3261 §18.2.1, RFC 3581 §4).
 */
export function stampVia(headers: Headers, source: { host: string; port: number }): Via {
  const [top, ...others] = headers.values('via');
  const via = parseVia(top ?? '');
  const asked = via.params.has('rport');
  if (asked) via.params.set('rport', String(source.port));
  if (asked || via.host !== source.host) via.params.set('received', source.host);
  headers.replace('via', [formatVia(via), ...others]);
  return via;
}

/** @throws SipError `malformed` */
export function parseCseq(value: string | undefined): { seq: number; method: string } {
  const match = /^(\d{1,10})\s+(\S{1,32})$/.exec(value ?? '');
  if (!match || Number(match[1]) > 0xffff_ffff) throw new SipError('malformed', 'CSeq');
  return { seq: Number(match[1]), method: match[2]!.toUpperCase() };
}
