/** Checks the Authorization header of a request: Basic, and Digest with nonces of our own. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { digestResponse, parseAuthParameters } from '../digest.ts';
import { header, type RtspRequest } from '../message.ts';

/** A nonce is good this long; afterwards it is `stale`, and the client answers a new one by itself. */
const nonceLifeMs = 300_000;

export interface GivenCredentials {
  readonly username: string;
  /** The nonce is ours but too old: ask again without judging the password. */
  readonly stale: boolean;
  verify(password: string): boolean;
}

/** Nonces tell their own time and are signed, so that none must be remembered. */
export class Authenticator {
  readonly #realm: string;
  readonly #secret = randomBytes(32);

  constructor(realm: string) {
    this.#realm = realm.replace(/["\\\r\n]/g, '');
  }

  /** Values of WWW-Authenticate, the strongest first. */
  challenges(stale: boolean): string[] {
    const common = `Digest realm="${this.#realm}", nonce="${this.#nonce(Date.now())}"`;
    const suffix = stale ? ', stale=true' : '';
    return [`${common}, algorithm=MD5, qop="auth"${suffix}`, `Basic realm="${this.#realm}"`];
  }

  /** Undefined where there is no header, or none that could be right. */
  read(request: RtspRequest): GivenCredentials | undefined {
    const value = header(request, 'authorization') ?? '';
    const basic = /^basic\s+([\w+/=]+)\s*$/i.exec(value)?.[1];
    if (basic !== undefined) return readBasic(basic);
    return /^digest\s/i.test(value) ? this.#readDigest(value.slice(7), request.method) : undefined;
  }

  #readDigest(text: string, method: string): GivenCredentials | undefined {
    const parameters = parseAuthParameters(text);
    const take = (name: string) => parameters.get(name) ?? '';
    const nonce = take('nonce');
    const madeMs = Number.parseInt(nonce.split('-')[0] ?? '', 36);
    if (!same(nonce, this.#nonce(madeMs))) return undefined;
    const input = {
      method,
      // The client's own: players differ in whether they put the track's address there.
      uri: take('uri'),
      username: take('username'),
      realm: this.#realm,
      nonce,
      algorithm: take('algorithm').toUpperCase() === 'SHA-256' ? ('SHA-256' as const) : ('MD5' as const),
      qop: take('qop') === 'auth' ? ('auth' as const) : undefined,
      nc: take('nc'),
      cnonce: take('cnonce'),
    };
    return {
      username: input.username,
      stale: Date.now() - madeMs > nonceLifeMs,
      verify: (password) => same(digestResponse(input, password), take('response').toLowerCase()),
    };
  }

  #nonce(atMs: number): string {
    const time = (Number.isFinite(atMs) ? Math.max(0, Math.trunc(atMs)) : 0).toString(36);
    return `${time}-${createHmac('sha256', this.#secret).update(time).digest('hex').slice(0, 32)}`;
  }
}

function readBasic(encoded: string): GivenCredentials | undefined {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  return {
    username: text.slice(0, colon),
    stale: false,
    verify: (password) => same(text.slice(colon + 1), password),
  };
}

function same(one: string, other: string): boolean {
  const hash = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
