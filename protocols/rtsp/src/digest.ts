/** Basic and Digest authentication, RFC 2617 and RFC 7616, as RTSP uses them. */
import { createHash, randomBytes } from 'node:crypto';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface Challenge {
  readonly scheme: 'basic' | 'digest';
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: 'MD5' | 'SHA-256';
  /** Only `auth` is used; undefined is the way of RFC 2069. */
  readonly qop: 'auth' | undefined;
  readonly opaque: string | undefined;
  readonly stale: boolean;
}

/** Reads `name=value` and `name="quoted value"` lists; names in lower case. */
export function parseAuthParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const match of text.slice(0, 4096).matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g)) {
    parameters.set(match[1]!.toLowerCase(), match[2]?.replace(/\\(.)/g, '$1') ?? match[3] ?? '');
  }
  return parameters;
}

/** The strongest challenge that can be answered among the WWW-Authenticate headers; undefined if none can. */
export function pickChallenge(values: readonly string[]): Challenge | undefined {
  const challenges = values.flatMap((value) => splitChallenges(value)).flatMap((text) => readChallenge(text) ?? []);
  const strength = (one: Challenge) => (one.scheme === 'basic' ? 0 : one.algorithm === 'MD5' ? 1 : 2);
  return challenges.toSorted((one, other) => strength(other) - strength(one))[0];
}

/** Several challenges may share one header: each begins with its scheme. */
function splitChallenges(value: string): string[] {
  return value.split(/,\s*(?=(?:Basic|Digest)\s)/i);
}

function readChallenge(text: string): Challenge | undefined {
  const scheme = /^\s*(basic|digest)\b/i.exec(text)?.[1]?.toLowerCase();
  const parameters = parseAuthParameters(text.replace(/^\s*\w+\s*/, ''));
  const realm = parameters.get('realm') ?? '';
  if (scheme === 'basic') {
    return { scheme, realm, nonce: '', algorithm: 'MD5', qop: undefined, opaque: undefined, stale: false };
  }
  const algorithm = (parameters.get('algorithm') ?? 'MD5').toUpperCase();
  const nonce = parameters.get('nonce');
  if (scheme !== 'digest' || nonce === undefined || (algorithm !== 'MD5' && algorithm !== 'SHA-256')) return undefined;
  const qops = parameters
    .get('qop')
    ?.toLowerCase()
    .split(/\s*,\s*/);
  if (qops !== undefined && qops[0] !== '' && !qops.includes('auth')) return undefined;
  return {
    scheme,
    realm,
    nonce,
    algorithm,
    qop: qops?.includes('auth') === true ? 'auth' : undefined,
    opaque: parameters.get('opaque'),
    stale: parameters.get('stale')?.toLowerCase() === 'true',
  };
}

/**
 * The Authorization header that answers a challenge.
 *
 * @param count how often the nonce was used, this time included (nc of RFC 7616 §3.4)
 */
export function answerChallenge(
  challenge: Challenge,
  credentials: Credentials,
  request: { readonly method: string; readonly uri: string },
  count: number,
): string {
  const { username, password } = credentials;
  if (challenge.scheme === 'basic') return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const { realm, nonce, algorithm, qop, opaque } = challenge;
  const nc = count.toString(16).padStart(8, '0');
  const cnonce = randomBytes(8).toString('hex');
  const response = digestResponse({ ...request, username, realm, nonce, algorithm, qop, nc, cnonce }, password);
  const parts = [
    `username=${quote(username)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(request.uri)}`,
    `response="${response}"`,
  ];
  if (algorithm !== 'MD5') parts.push(`algorithm=${algorithm}`);
  if (qop !== undefined) parts.push(`qop=${qop}`, `nc=${nc}`, `cnonce="${cnonce}"`);
  if (opaque !== undefined) parts.push(`opaque=${quote(opaque)}`);
  return `Digest ${parts.join(', ')}`;
}

interface DigestInput {
  readonly method: string;
  readonly uri: string;
  readonly username: string;
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: 'MD5' | 'SHA-256';
  readonly qop: 'auth' | undefined;
  readonly nc: string;
  readonly cnonce: string;
}

/** RFC 7616 §3.4.1, and RFC 2069 where there is no qop. */
export function digestResponse(input: DigestInput, password: string): string {
  const hash = (text: string) =>
    createHash(input.algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text)
      .digest('hex');
  const secret = hash(`${input.username}:${input.realm}:${password}`);
  const request = hash(`${input.method}:${input.uri}`);
  if (input.qop === undefined) return hash(`${secret}:${input.nonce}:${request}`);
  return hash(`${secret}:${input.nonce}:${input.nc}:${input.cnonce}:${input.qop}:${request}`);
}

function quote(text: string): string {
  return `"${text.replace(/[\r\n]/g, '').replace(/["\\]/g, String.raw`\$&`)}"`;
}
