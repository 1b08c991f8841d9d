/** The second factor: TOTP (RFC 6238), SHA-1, six digits, 30 seconds, as every authenticator app speaks it. */
import { Secret, TOTP } from 'otpauth';

export const stepMs = 30_000;

function totpOf(secret: string, login: string): TOTP {
  return new TOTP({
    issuer: 'Wangge',
    label: login,
    secret: Secret.fromBase32(secret),
    digits: 6,
    period: stepMs / 1000,
  });
}
export function newSecret(): string {
  return new Secret({ size: 20 }).base32;
}
/** For the QR code that an authenticator app reads. */
export function secretUri(secret: string, login: string): string {
  return totpOf(secret, login).toString();
}

/**
 * The step that the code belongs to, or null. One step of clock error either way is forgiven; a step
 * not after `lastStep` was used already.
 */
export function acceptCode(secret: string, code: string, nowMs: number, lastStep: number): number | null {
  const delta = totpOf(secret, '').validate({ token: code, timestamp: nowMs, window: 1 });
  if (delta === null) return null;
  const step = Math.floor(nowMs / stepMs) + delta;
  return step > lastStep ? step : null;
}
/** The code of this moment: for tests and for the demo's own second factor. */
export function codeAt(secret: string, nowMs: number): string {
  return totpOf(secret, '').generate({ timestamp: nowMs });
}
