/** Rules of the residents' pages without database or HTTP: numbers, limits of codes, form fields. */

/** Longest texts, in characters as a person counts them. */
export const limits = { description: 2000, address: 200, reason: 500, photos: 4 } as const;

export const codeLifeMs = 10 * 60_000;
export const codeTries = 5;
/** Between two codes to one phone. */
export const codePauseMs = 60_000;
export const codesPerPhoneDay = 10;
/** Many homes share an address of their carrier, so this is far above one person's need. */
export const codesPerAddressHour = 60;
/** How long a verified number need not be verified again. */
export const verifiedMs = 30 * 60_000;
/** Someone affected may object for so long after the closing. */
export const objectionMs = 15 * 24 * 3600_000;

/**
 * A mobile number in the form in which it is stored: 11 digits for mainland China, `+` and digits
 * (E.164) for others. Null when it is none.
 */
export function parsePhone(typed: string): string | null {
  const compact = typed.normalize('NFKC').replace(/[\s\-().]/g, '');
  const mainland = /^(?:\+?86)?(1[3-9]\d{9})$/.exec(compact);
  if (mainland) return mainland[1] ?? null;
  return /^\+(?!86)[1-9]\d{6,14}$/.test(compact) ? compact : null;
}

/** Six digits, also when typed full-width or in two groups. */
export function parseCode(typed: string): string | null {
  const compact = typed.normalize('NFKC').replace(/[\s-]/g, '');
  return /^\d{6}$/.test(compact) ? compact : null;
}

/** `20261122-000123`, also with other dashes or none. */
export function parseNumber(typed: string): string | null {
  const compact = typed.normalize('NFKC').replace(/[\s\-–—]/g, '');
  const match = /^(\d{8})(\d{6,9})$/.exec(compact);
  return match ? `${match[1]}-${match[2]}` : null;
}

export type CodeDecision =
  | { readonly kind: 'send' }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'too-many' };

/** May another code go out, given what went out before? */
export function decideCode(before: {
  readonly sinceLastMs: number | null;
  readonly phoneLastDay: number;
  readonly addressLastHour: number;
}): CodeDecision {
  if (before.phoneLastDay >= codesPerPhoneDay || before.addressLastHour >= codesPerAddressHour)
    return { kind: 'too-many' };
  if (before.sinceLastMs !== null && before.sinceLastMs < codePauseMs)
    return { kind: 'wait', seconds: Math.ceil((codePauseMs - before.sinceLastMs) / 1000) };
  return { kind: 'send' };
}

export type TextProblem = 'missing' | 'long' | 'bad';

/** Text from a form field: NFC, line breaks as `\n`, trimmed. Control characters are refused, not dropped. */
export function readText(typed: string, maxChars: number): { text: string; problem: TextProblem | null } {
  const text = typed.replace(/\r\n?/g, '\n').normalize('NFC').trim();
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text) || !text.isWellFormed())
    return { text: '', problem: 'bad' };
  // UTF-16 units, as the stores' limits count them.
  if (text.length > maxChars) return { text, problem: 'long' };
  return { text, problem: text === '' ? 'missing' : null };
}

/** A place from hidden fields; null when there is none or it is not a number on Earth. */
export function readPlace(
  lon: string,
  lat: string,
  accuracy: string,
): { lon: number; lat: number; accuracyM?: number } | null {
  if (lon.trim() === '' || lat.trim() === '') return null;
  const place = { lon: Number(lon), lat: Number(lat) };
  if (!(Math.abs(place.lon) <= 180 && Math.abs(place.lat) <= 90)) return null;
  const accuracyM = Number(accuracy);
  return accuracy.trim() !== '' && accuracyM >= 0 && accuracyM <= 1_000_000 ? { ...place, accuracyM } : place;
}
