/** What a device answers to a probe. Anybody in the network may send one, so nothing of it is believed but texts. */
import { isIPv4 } from 'node:net';

export interface FoundDevice {
  readonly host: string;
  readonly port: number;
  readonly name: string | null;
  readonly hardware: string | null;
}

/** Null for anything but an answer with an address. */
export function readProbeMatch(text: string): FoundDevice | null {
  if (!/[<:]ProbeMatch[\s>]/.test(text)) return null;
  // The first IPv4 one: cameras name link-local and IPv6 addresses beside it.
  const url = (element(text, 'XAddrs') ?? '')
    .split(/\s+/)
    .flatMap((one) => (URL.canParse(one) ? [new URL(one)] : []))
    .find((one) => one.protocol === 'http:' && isIPv4(one.hostname) && !one.hostname.startsWith('169.254.'));
  if (!url) return null;
  const scopes = (element(text, 'Scopes') ?? '').split(/\s+/);
  return {
    host: url.hostname,
    port: Number(url.port || '80'),
    name: scope(scopes, 'name'),
    hardware: scope(scopes, 'hardware'),
  };
}

/** Text of the first element of this name, whatever its prefix. */
function element(text: string, name: string): string | undefined {
  return new RegExp(`<(?:[\\w.-]{1,40}:)?${name}(?:\\s[^>]{0,1000})?>([^<]{0,8000})<`).exec(text)?.[1]?.trim();
}
function scope(scopes: readonly string[], kind: string): string | null {
  const found = scopes.find((one) => one.startsWith(`onvif://www.onvif.org/${kind}/`))?.split('/')[4];
  if (found === undefined || found === '') return null;
  try {
    return decodeURIComponent(found).slice(0, 100);
  } catch {
    return found.slice(0, 100);
  }
}
