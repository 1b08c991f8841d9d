/** The data key and what is derived from it: signatures of links, encryption and blind index of personal data. */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { join } from 'node:path';
import { readOrCreate } from './secret-file.ts';

export interface Keys {
  /** HMAC-SHA-256 over the parts, base64url; `purpose` keeps signatures of one kind from serving another. */
  sign(purpose: string, ...parts: readonly string[]): string;
  verify(signature: string, purpose: string, ...parts: readonly string[]): boolean;
  /**
   * AES-256-GCM; the answer is `v1.<iv>.<tag>.<text>` in base64url, or `v3.<hint>.<iv>.<tag>.<text>`.
   *
   * @param hint what anybody may see of it (a masked telephone number): legible by `sealedHint` without the key, and
   *   bound to the text, which cannot be opened with another
   */
  encrypt(purpose: string, plain: string, hint?: string): string;
  /** Throws when the text or its hint was altered, or when it was made for another purpose. */
  decrypt(purpose: string, sealed: string): string;
  /** Equal inputs give equal texts, so that encrypted columns can be searched for a whole value. */
  blindIndex(purpose: string, plain: string): string;
}

/** Reads `keys/data.key` (32 random bytes, mode 0600), making it on first use. It is in no backup. */
export function loadKeys(dataDir: string): Keys {
  const text = readOrCreate(join(dataDir, 'keys', 'data.key'), () => randomBytes(32).toString('hex'));
  return keysFrom(Buffer.from(text.trim(), 'hex'));
}

export function keysFrom(root: Buffer): Keys {
  if (root.length !== 32) throw new Error('the data key must have 32 bytes');
  // As key objects: made of bytes anew for each use they cost six times the hash itself.
  const cache = new Map<string, KeyObject>();
  const derive = (use: string): KeyObject => {
    let key = cache.get(use);
    if (!key) {
      key = createSecretKey(Buffer.from(hkdfSync('sha256', root, '', `wangge/${use}`, 32)));
      cache.set(use, key);
    }
    return key;
  };
  const mac = (use: string, parts: readonly string[]): Buffer => {
    const hmac = createHmac('sha256', derive(use));
    // Length first, so that ("ab","c") and ("a","bc") differ.
    for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:`).update(part);
    return hmac.digest();
  };
  return {
    sign: (purpose, ...parts) => mac(`sign/${purpose}`, parts).toString('base64url'),
    verify(signature, purpose, ...parts) {
      const given = Buffer.from(signature, 'base64url');
      const right = mac(`sign/${purpose}`, parts);
      return given.length === right.length && timingSafeEqual(given, right);
    },
    encrypt(purpose, plain, hint) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', derive(`encrypt/${purpose}`), iv);
      if (hint !== undefined) cipher.setAAD(Buffer.from(hint));
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      const parts = [iv, cipher.getAuthTag(), text].map((bytes) => bytes.toString('base64url'));
      return (hint === undefined ? ['v1', ...parts] : ['v3', hintWord(hint), ...parts]).join('.');
    },
    decrypt(purpose, sealed) {
      const hint = sealedHint(sealed);
      const [iv, tag, text] = sealed.split('.').slice(hint === null ? 1 : 2);
      if (!/^v[1-3]\./.test(sealed) || iv === undefined || tag === undefined || text === undefined)
        throw new Error('not a sealed text');
      const decipher = createDecipheriv('aes-256-gcm', derive(`encrypt/${purpose}`), Buffer.from(iv, 'base64url'));
      if (hint !== null) decipher.setAAD(Buffer.from(hint));
      decipher.setAuthTag(Buffer.from(tag, 'base64url'));
      // As bytes: a decoder of its own for each text would cost as much as the cipher.
      const plain = decipher.update(Buffer.from(text, 'base64url'));
      return Buffer.concat([plain, decipher.final()]).toString('utf8');
    },
    blindIndex: (purpose, plain) => mac(`blind/${purpose}`, [plain]).toString('base64url'),
  };
}

/** A hint between dots: as it is where it is plain, since a list reads a hundred thousand of them. */
function hintWord(hint: string): string {
  return encodeURIComponent(hint).replaceAll('.', '%2E');
}

/** What anybody may see of a sealed text; null where it says nothing. Whether it is right shows when it is opened. */
export function sealedHint(sealed: string): string | null {
  if (sealed.startsWith('v3.')) {
    const word = sealed.slice(3, sealed.indexOf('.', 3));
    return word.includes('%') ? decodeURIComponent(word) : word;
  }
  // As hints were written at first.
  if (sealed.startsWith('v2.')) return Buffer.from(sealed.slice(3, sealed.indexOf('.', 3)), 'base64url').toString();
  return null;
}
