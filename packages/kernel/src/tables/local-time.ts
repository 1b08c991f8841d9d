/** What the clocks of a zone show, for many moments. */

const dayMs = 86_400_000;

/**
 * From a moment to the milliseconds which, read as UTC, show the zone's local time.
 *
 * Asking the system for every cell of a large table takes seconds: the offset is kept for each day at
 * whose start and end it is the same.
 */
export function localTimeIn(zone: string): (ms: number) => number {
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsetAt = (ms: number): number => {
    const parts: Record<string, number> = {};
    for (const { type, value } of formatter.formatToParts(ms)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
  };
  const offsets = new Map<number, number | null>();
  return (ms) => {
    const day = Math.floor(ms / dayMs);
    let offset = offsets.get(day);
    if (offset === undefined) {
      const first = offsetAt(day * dayMs);
      offset = first === offsetAt((day + 1) * dayMs) ? first : null;
      offsets.set(day, offset);
    }
    return ms + (offset ?? offsetAt(ms));
  };
}

const two = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));

/** `2026-11-22 09:05:00` of local milliseconds; for many, most of which share their days with others. */
export function localTexts(): (localMs: number) => string {
  const days = new Map<number, string>();
  return (localMs) => {
    const day = Math.floor(localMs / dayMs);
    let text = days.get(day);
    if (text === undefined) {
      text = new Date(day * dayMs).toISOString().slice(0, 10);
      days.set(day, text);
    }
    const s = Math.floor((localMs - day * dayMs) / 1000);
    return `${text} ${two[Math.floor(s / 3600)]}:${two[Math.floor(s / 60) % 60]}:${two[s % 60]}`;
  };
}
