/** Times and spans as people read them, alike in both languages. */

/** Making one takes longer than using it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Day and minute in the town's zone, `11-02 09:30`. */
export function momentText(ms: number, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    formats.set(zone, format);
  }
  return format.format(ms).slice(5);
}

/** `11-02 09:30 → 11-03 10:00`; a clock that stands has no deadline. */
export function movedText(fromMs: number | null, toMs: number | null, zone: string): string {
  const text = (ms: number | null): string => (ms === null ? '–' : momentText(ms, zone));
  return `${text(fromMs)} → ${text(toMs)}`;
}
