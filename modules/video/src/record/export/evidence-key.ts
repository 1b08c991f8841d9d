/** The key that signs copies: Ed25519 (RFC 8032), so that everybody checks with the public half alone. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { join } from 'node:path';
import { readOrCreate } from '@wangge/kernel';

export interface EvidenceKey {
  readonly keyId: string;
  readonly publicKeyPem: string;
  /** Base64url. */
  sign(bytes: Buffer): string;
}

/** First 16 hexadecimal digits of SHA-256 over the public key (SPKI, DER). */
export function keyIdOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}

/** Reads `keys/evidence-sign.pem`, making it on first use. */
export function loadEvidenceKey(dataDir: string): EvidenceKey {
  const pem = readOrCreate(join(dataDir, 'keys', 'evidence-sign.pem'), () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  const key = createPrivateKey(pem);
  const publicKey = createPublicKey(key);
  return {
    keyId: keyIdOf(publicKey),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (bytes) => sign(null, bytes, key).toString('base64url'),
  };
}
