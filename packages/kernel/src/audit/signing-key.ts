/**
 * The key that signs anchors: Ed25519 (RFC 8032) and not the data key's HMAC, so that an auditor can
 * check a copy of the anchors elsewhere with the public half alone.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOrCreate } from '../secret-file.ts';

export interface AnchorSigner {
  /** First 16 hexadecimal digits of SHA-256 over the public key (SPKI, DER). */
  readonly keyId: string;
  sign(text: string): string;
}
/** Tells of a signature whether it is right; `unknown-key` when the key's public half is not here. */
export type AnchorChecker = (text: string, signature: string, keyId: string) => 'right' | 'wrong' | 'unknown-key';

function idOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}

/** Reads `keys/audit-sign.pem`, making it (and `keys/audit-<id>.pub.pem`) on first use. */
export function loadSigner(dataDir: string): AnchorSigner {
  const pem = readOrCreate(join(dataDir, 'keys', 'audit-sign.pem'), () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  const key = createPrivateKey(pem);
  const publicKey = createPublicKey(key);
  const keyId = idOf(publicKey);
  readOrCreate(join(dataDir, 'keys', `audit-${keyId}.pub.pem`), () =>
    publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  );
  return { keyId, sign: (text) => sign(null, Buffer.from(text), key).toString('base64url') };
}

/** Accepts every public key in the folder: after a move to another machine there are two. */
export function loadChecker(dataDir: string): AnchorChecker {
  const folder = join(dataDir, 'keys');
  const keys = new Map<string, KeyObject>();
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    // No folder, no keys: every signature is by an unknown one.
  }
  for (const name of names.filter((each) => /^audit-[0-9a-f]{16}\.pub\.pem$/.test(each))) {
    const key = createPublicKey(readFileSync(join(folder, name)));
    keys.set(idOf(key), key);
  }
  return (text, signature, keyId) => {
    const key = keys.get(keyId);
    if (!key) return 'unknown-key';
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url')) ? 'right' : 'wrong';
  };
}
