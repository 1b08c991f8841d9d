import { GbError } from './error.ts';

/** GB/T 28181 writes local times without a zone; China has one zone. */
const chinaMinutes = 480;

/** `yyyy-MM-ddTHH:mm:ss` on clocks `offsetMinutes` east of Greenwich. */
export function formatGbTime(ms: number, offsetMinutes = chinaMinutes): string {
  return formatGbTimeMs(ms, offsetMinutes).slice(0, 19);
}

/** `yyyy-MM-ddTHH:mm:ss.SSS`, the form of the Date header that devices set their clocks by (§9.10). */
export function formatGbTimeMs(ms: number, offsetMinutes = chinaMinutes): string {
  return new Date(ms + offsetMinutes * 60_000).toISOString().slice(0, 23);
}

/**
 * Milliseconds since the epoch. Accepts a blank for the T, fractions, and a zone, which then counts.
 *
 * @throws GbError `value`
 */
export function parseGbTime(text: string, offsetMinutes = chinaMinutes): number {
  const match = /^(\d{4})-(\d\d?)-(\d\d?)[T ](\d\d?):(\d\d?):(\d\d?)(?:\.(\d{1,9}))?\s*(Z|[+-]\d\d:?\d\d)?$/i.exec(
    text.trim(),
  );
  if (!match) throw new GbError('value', 'time');
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const fraction = Number(`0.${match[7] ?? '0'}`) * 1000;
  const utc = Date.UTC(year, month - 1, day, hour, minute, second) + Math.round(fraction);
  // Date.UTC carries the 31st of February over into March: that is no time.
  if (new Date(utc).getUTCDate() !== day || month > 12 || hour > 23) throw new GbError('value', 'time');
  return utc - zoneMinutes(match[8], offsetMinutes) * 60_000;
}

function zoneMinutes(zone: string | undefined, fallback: number): number {
  if (!zone) return fallback;
  if (zone.toUpperCase() === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
}
