/** One POST to somebody else's server: bounded in time and size, never redirected, and never to where it must not go. */
import { lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

export interface Answer {
  readonly status: number;
  /** The first 4 kB. */
  readonly body: string;
}

const inward = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inward.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inward.addSubnet(net, bits, 'ipv6');

/** Is this an address of this machine or of a network of the house, and no one's on the public net? */
export function isInward(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  const family = isIP(plain);
  if (family === 0) return true;
  // An IPv4 address in hexadecimal inside an IPv6 one is compared as what it is.
  return inward.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

/** Looks at the addresses that the connection will really use: a name may answer differently the second time. */
const publicOnly: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return done(error, '', 0);
    const list = found as unknown as { address: string; family: number }[];
    const refused = list.find(({ address }) => isInward(address));
    const [first] = list;
    if (refused || !first) return done(new Error('the address is not on the public network'), '', 0);
    if ((options as { all?: boolean }).all === true) {
      return (done as unknown as (e: null, l: typeof list) => void)(null, list);
    }
    return done(null, first.address, first.family);
  });
};

/**
 * Hosts (`host:port`, by commas) that may be pushed to although they are not on the public network or not on HTTPS:
 * a push service of the town's own.
 */
function ownPushHosts(): readonly string[] {
  return (process.env['WANGGE_PUSH_HOSTS'] ?? '').split(',').filter((host) => host !== '');
}

/** May the platform push here? HTTPS and no address of the house; names are looked at again when it connects. */
export function isPushAddress(url: string): boolean {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return false;
  }
  if (ownPushHosts().includes(parsed.host)) return true;
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  if (parsed.protocol !== 'https:' || parsed.username !== '' || parsed.password !== '') return false;
  return isIP(host) === 0 ? host.includes('.') && !/\.(localhost|local|internal)$/i.test(host) : !isInward(host);
}

/**
 * @param reach `public`: somebody else named the address, so only the public network. `any`: an administrator did.
 * @throws Error when there is no answer within 15 s
 */
export function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
  reach: 'public' | 'any',
): Promise<Answer> {
  const target = new URL(url);
  const guarded = reach === 'public' && !ownPushHosts().includes(target.host);
  // A literal address is connected to without being looked up.
  if (guarded && !isPushAddress(url)) return Promise.reject(new Error('the address is not on the public network'));
  const request = target.protocol === 'https:' ? requestHttps : requestHttp;
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const sent = request(
    target,
    {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      signal: AbortSignal.timeout(15_000),
      ...(guarded ? { lookup: publicOnly } : {}),
    },
    (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        if (text.length < 4096) text += part.slice(0, 4096 - text.length);
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
      answer.on('error', reject);
    },
  );
  sent.on('error', (error) =>
    reject(error.name === 'AbortError' || error.name === 'TimeoutError' ? new Error('no answer within 15 s') : error),
  );
  sent.end(body);
  return promise;
}
