import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { SipRequest } from '../message/message.ts';
import type { Params } from '../message/split.ts';
import { parseCseq } from '../message/via.ts';
import { algorithmOf, digestResponse, type DigestAlgorithm } from './algorithm.ts';
import { formatDigest, parseDigest } from './header.ts';

export interface DigestServerOptions {
  readonly realm: string;
  readonly clock: Clock;
  /** Offered in this order, one challenge each. Default MD5 alone: old devices read only the first line. */
  readonly algorithms?: readonly DigestAlgorithm[] | undefined;
  /** Offer qop `auth` (default true). Credentials without qop are accepted either way. */
  readonly qop?: boolean | undefined;
  /** Default 5 minutes. */
  readonly nonceMs?: number | undefined;
}

/**
 * absent: no Digest credentials. stale: right form, but the nonce is old, foreign or was used before: challenge
 * again with `stale`. wrong: password, name or realm do not fit.
 */
export type DigestVerdict = 'ok' | 'absent' | 'stale' | 'wrong';

/** Uses remembered at once, oldest forgotten first: then their nonces count as unused for the rest of their time. */
const maxUses = 50_000;

/** Server side of HTTP Digest (RFC 7616, RFC 8760). Nonces carry their own time and seal, so a flood costs nothing. */
export class DigestServer {
  readonly #options: DigestServerOptions;
  readonly #secret = randomBytes(32);
  readonly #uses = new Map<string, { count: number; callId: string }>();

  constructor(options: DigestServerOptions) {
    this.#options = options;
  }

  /** Values for WWW-Authenticate. */
  challenges(stale = false): string[] {
    const { realm, algorithms = ['MD5'], qop = true } = this.#options;
    return algorithms.map((algorithm) => {
      const parts = { realm, nonce: this.#newNonce(), algorithm, qop: qop ? 'auth' : undefined };
      return formatDigest({ ...parts, stale: stale ? 'true' : undefined }, true);
    });
  }

  /** Name in the credentials, for looking the password up; undefined without credentials. */
  username(request: SipRequest): string | undefined {
    return credentialsOf(request)?.get('username');
  }

  /** The same credentials twice are `stale`: with qop by the count, without it by Call-ID and CSeq. */
  verify(request: SipRequest, password: string): DigestVerdict {
    const given = credentialsOf(request);
    if (!given) return 'absent';
    const algorithm = algorithmOf(given.get('algorithm'));
    const allowed = this.#options.algorithms ?? ['MD5'];
    if (!algorithm || !allowed.includes(algorithm) || given.get('realm') !== this.#options.realm) return 'wrong';
    if (!matches(given, algorithm, request.method, password)) return 'wrong';
    return this.#isFresh(given, request) ? 'ok' : 'stale';
  }

  #newNonce(): string {
    const body = `${this.#options.clock.now().toString(36)}.${randomBytes(9).toString('base64url')}`;
    return `${body}.${this.#seal(body)}`;
  }

  #seal(body: string): string {
    return createHmac('sha256', this.#secret).update(body).digest('base64url').slice(0, 22);
  }

  #isFresh(given: Params, request: SipRequest): boolean {
    const nonce = given.get('nonce') ?? '';
    const cut = nonce.lastIndexOf('.');
    if (cut < 0 || !sameText(this.#seal(nonce.slice(0, cut)), nonce.slice(cut + 1))) return false;
    const age = this.#options.clock.now() - Number.parseInt(nonce, 36);
    if (!(age >= 0 && age <= (this.#options.nonceMs ?? 300_000))) return false;
    return this.#isFirstUse(nonce, given, request);
  }

  #isFirstUse(nonce: string, given: Params, request: SipRequest): boolean {
    const withQop = given.has('qop');
    const count = withQop ? Number.parseInt(given.get('nc') ?? '', 16) : parseCseq(request.headers.get('cseq')).seq;
    const callId = withQop ? '' : (request.headers.get('call-id') ?? '');
    const before = this.#uses.get(nonce);
    if (!(count > 0) || (before && (count <= before.count || callId !== before.callId))) return false;
    this.#uses.delete(nonce);
    this.#uses.set(nonce, { count, callId });
    if (this.#uses.size > maxUses) this.#uses.delete(this.#uses.keys().next().value!);
    return true;
  }
}

function credentialsOf(request: SipRequest): Params | undefined {
  for (const value of request.headers.all('authorization')) {
    const params = parseDigest(value);
    if (params) return params;
  }
  return undefined;
}

function matches(given: Params, algorithm: DigestAlgorithm, method: string, password: string): boolean {
  const part = (name: string): string => given.get(name) ?? '';
  if (given.has('qop') && part('qop').toLowerCase() !== 'auth') return false;
  // The URI is taken as the device wrote it: many write another one than the request line's.
  const expected = digestResponse({
    algorithm,
    username: part('username'),
    realm: part('realm'),
    password,
    method,
    uri: part('uri'),
    nonce: part('nonce'),
    qop: given.has('qop') ? { cnonce: part('cnonce'), nc: part('nc') } : undefined,
  });
  return sameText(expected, part('response').toLowerCase());
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a, 'latin1');
  const right = Buffer.from(b, 'latin1');
  return left.length === right.length && timingSafeEqual(left, right);
}
