/** WS-UsernameToken with a digest (OASIS WSS 1.1 username token profile §3.1), checked. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { node, text, type XmlNode } from './soap.ts';

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

const lifeMs = 300_000;
const maxNonces = 10_000;

/** Remembers nonces for as long as they would be good, so that a request overheard cannot be sent again. */
export class TokenCheck {
  readonly #credentials: Credentials;
  readonly #seen = new Map<string, number>();

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
  }

  /** Passwords in plain text are refused, as cameras in their delivered state do. */
  isRight(header: XmlNode, nowMs: number): boolean {
    const token = node(node(header, 'Security'), 'UsernameToken');
    const nonce = text(token, 'Nonce');
    const created = text(token, 'Created');
    const given = text(token, 'Password');
    const { user, password } = this.#credentials;
    if (text(token, 'Username') !== user || nonce === '') return false;
    if (!text(node(token, 'Password'), '@Type').endsWith('#PasswordDigest')) return false;
    const madeMs = Date.parse(created);
    if (!(Math.abs(nowMs - madeMs) <= lifeMs) || this.#seen.has(nonce)) return false;
    const hash = createHash('sha1').update(Buffer.from(nonce, 'base64')).update(created).update(password);
    const expected = Buffer.from(hash.digest('base64'));
    const actual = Buffer.from(given);
    if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return false;
    this.#remember(nonce, nowMs);
    return true;
  }

  #remember(nonce: string, nowMs: number): void {
    this.#seen.set(nonce, nowMs);
    for (const [old, atMs] of this.#seen) {
      // Good for so long before and behind the camera's own time.
      if (nowMs - atMs < 2 * lifeMs && this.#seen.size <= maxNonces) break;
      this.#seen.delete(old);
    }
  }
}
