/** Local times of a file, in the zone that the file was written in. */

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** How far the zone's clocks are ahead of UTC at a moment, in milliseconds. */
export function offsetMs(zone: string, ms: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(ms)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
}

/**
 * The moment at which a zone's clocks show this time. In the hour that comes twice the earlier moment
 * is meant; a time in the hour that is left out is read as if clocks had not been moved yet.
 */
export function momentAt(zone: string, localMs: number): number {
  const early = localMs - offsetMs(zone, localMs - 86_400_000);
  if (early + offsetMs(zone, early) === localMs) return early;
  const late = localMs - offsetMs(zone, localMs + 86_400_000);
  return late + offsetMs(zone, late) === localMs ? late : early;
}

const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;
const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[ ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(AM|PM)?)?$/i;

function checked(parts: readonly number[]): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(ms);
  const same = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return same ? ms : null;
}

/** `2017-12-31 23:59:58` (with or without offset) or `12/31/2017 11:59:58 PM`; null when it is neither. */
export function readTime(text: string, zone: string): number | null {
  const i = iso.exec(text.trim());
  if (i) {
    const local = checked(i.slice(1, 7).map((v) => Number(v ?? 0)));
    if (local === null) return null;
    const given = i[7];
    if (given === undefined) return momentAt(zone, local);
    if (given === 'Z') return local;
    const sign = given.startsWith('-') ? -1 : 1;
    return local - sign * (Number(given.slice(1, 3)) * 60 + Number(given.slice(-2))) * 60_000;
  }
  const a = american.exec(text.trim());
  if (!a) return null;
  const half = a[7]?.toUpperCase();
  const clock = Number(a[4] ?? 0);
  if (half !== undefined && (clock < 1 || clock > 12)) return null;
  const hour = half === undefined ? clock : (clock % 12) + (half === 'PM' ? 12 : 0);
  const local = checked([Number(a[3]), Number(a[1]), Number(a[2]), hour, Number(a[5] ?? 0), Number(a[6] ?? 0)]);
  return local === null ? null : momentAt(zone, local);
}
