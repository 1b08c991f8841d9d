/** Passwords of cameras on their way in; out they come in `source-target.ts` alone. */
import type { Tx } from '@wangge/kernel';
import type { SourceInput } from '../contract.ts';
import type { StoredSource } from './camera-row.ts';
import { passwordPurpose } from './source-target.ts';

export function withoutPassword(source: SourceInput): StoredSource {
  if (source.kind === 'gb28181') return source;
  const { password: _, ...rest } = source;
  return rest;
}

/** @param kept what is stored now: stays where none is given; an empty one takes it away */
export function sealedPassword(tx: Tx, source: SourceInput, kept: string | null): string | null {
  if (source.kind === 'gb28181') return null;
  if (source.password === undefined) return kept;
  return source.password === '' ? null : tx.rt.keys.encrypt(passwordPurpose, source.password);
}

/** Whether a password that stays would be sent to a host or port to which it was not sent before. */
export function leadsElsewhere(before: StoredSource, now: SourceInput): boolean {
  if (now.kind === 'gb28181' || now.password !== undefined) return false;
  const known = hostsOf(before);
  return hostsOf(now).some((host) => !known.includes(host));
}

function hostsOf(source: StoredSource | SourceInput): string[] {
  if (source.kind === 'gb28181') return [];
  if (source.kind === 'onvif') return [`${source.host.toLowerCase()}:${source.port}`];
  return [source.mainUrl, source.subUrl].filter((url) => typeof url === 'string').map(hostOfUrl);
}

/** Names of hosts are kept in `rtsp:` as they were typed, and the usual port may be left out. */
function hostOfUrl(url: string): string {
  const { hostname, port } = new URL(url);
  return `${hostname.toLowerCase()}:${port === '' ? '554' : port}`;
}
