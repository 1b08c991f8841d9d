import { dayStart, formatExact } from '@wangge/ui';

/** `2026-11-22 10:05:09 – 10:20:00`, with both days where they differ. */
export function spanText(fromMs: number, toMs: number): string {
  const to = formatExact(toMs);
  return `${formatExact(fromMs)} – ${dayStart(fromMs) === dayStart(toMs) ? to.slice(11) : to}`;
}
