import { createHash } from 'node:crypto';

/** RFC 8760 adds SHA-256 to RFC 2617's MD5; GB/T 28181 devices speak MD5. */
export type DigestAlgorithm = 'MD5' | 'SHA-256';

const hashes: Readonly<Record<DigestAlgorithm, string>> = { MD5: 'md5', 'SHA-256': 'sha256' };

/** The algorithm of a header, MD5 when none is named; undefined for those that are not known. */
export function algorithmOf(name: string | undefined): DigestAlgorithm | undefined {
  const upper = (name ?? 'MD5').toUpperCase();
  return upper === 'MD5' || upper === 'SHA-256' ? upper : undefined;
}

export interface DigestInput {
  readonly algorithm: DigestAlgorithm;
  readonly username: string;
  readonly realm: string;
  readonly password: string;
  readonly method: string;
  readonly uri: string;
  readonly nonce: string;
  /** With qop `auth` only. */
  readonly qop?: { readonly cnonce: string; readonly nc: string } | undefined;
}

/** `response` of RFC 7616 §3.4.1, hexadecimal; without qop the older form of RFC 2069. */
export function digestResponse(input: DigestInput): string {
  const hash = (text: string, more = ''): string =>
    createHash(hashes[input.algorithm]).update(text, 'latin1').update(more, 'utf8').digest('hex');
  // Header values are "binary" strings, the password is text.
  const secret = hash(`${input.username}:${input.realm}:`, input.password);
  const what = hash(`${input.method}:${input.uri}`);
  if (!input.qop) return hash(`${secret}:${input.nonce}:${what}`);
  return hash(`${secret}:${input.nonce}:${input.qop.nc}:${input.qop.cnonce}:auth:${what}`);
}
