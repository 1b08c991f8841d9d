/** Telephone numbers: sealed at rest, shown masked. */
import type { Keys } from '@wangge/kernel';

const purpose = 'staff-phone';

/** `13800001234` → `138****1234`; short service numbers keep their last two digits. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/[^0-9+]/g, '');
  if (digits.length < 7) return `${'*'.repeat(Math.max(digits.length - 2, 0))}${digits.slice(-2)}`;
  return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}
export function sealPhone(keys: Keys, phone: string | null): { sealed: string | null; mask: string | null } {
  if (phone === null) return { sealed: null, mask: null };
  return { sealed: keys.encrypt(purpose, phone), mask: maskPhone(phone) };
}
export function openPhone(keys: Keys, sealed: string | null): string | null {
  return sealed === null ? null : keys.decrypt(purpose, sealed);
}
