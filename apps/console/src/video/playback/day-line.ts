/** The line of a day: what part of it is in sight, and where a moment lies on it. Pure; all in milliseconds. */

export interface Sight {
  readonly fromMs: number;
  readonly toMs: number;
}
const dayMs = 86_400_000;
const shortestMs = 5 * 60_000;

export function wholeDay(dayStartMs: number): Sight {
  return { fromMs: dayStartMs, toMs: dayStartMs + dayMs };
}

/** Zooms about a moment, which stays where it is on the screen, and never beyond its day. */
export function zoomed(sight: Sight, dayStartMs: number, aboutMs: number, factor: number): Sight {
  const span = Math.min(dayMs, Math.max(shortestMs, (sight.toMs - sight.fromMs) * factor));
  const share = (aboutMs - sight.fromMs) / (sight.toMs - sight.fromMs);
  return within({ fromMs: aboutMs - span * share, toMs: aboutMs + span * (1 - share) }, dayStartMs);
}

/** Moves as little as needed so that a moment is in sight. */
export function holding(sight: Sight, dayStartMs: number, atMs: number): Sight {
  if (atMs >= sight.fromMs && atMs <= sight.toMs) return sight;
  const span = sight.toMs - sight.fromMs;
  return within({ fromMs: atMs - span / 2, toMs: atMs + span / 2 }, dayStartMs);
}

function within({ fromMs, toMs }: Sight, dayStartMs: number): Sight {
  const span = toMs - fromMs;
  const from = Math.min(Math.max(fromMs, dayStartMs), dayStartMs + dayMs - span);
  return { fromMs: from, toMs: from + span };
}

/** 0 to 100 of the width. */
export function percentOf(sight: Sight, atMs: number): number {
  return ((atMs - sight.fromMs) / (sight.toMs - sight.fromMs)) * 100;
}

/** Marks of the scale: some 6 to 12, at even times of the town's day. */
export function scaleMarks(sight: Sight, dayStartMs: number): readonly number[] {
  const span = sight.toMs - sight.fromMs;
  const steps = [60_000, 300_000, 600_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000];
  const step = steps.find((each) => span / each <= 9) ?? 10_800_000;
  const first = dayStartMs + Math.ceil((sight.fromMs - dayStartMs) / step) * step;
  return Array.from({ length: Math.floor((sight.toMs - first) / step) + 1 }, (_, i) => first + i * step);
}

/** The nearest recorded moment at or behind this one; null where nothing more was recorded. */
export function recordedFrom(
  spans: readonly { readonly fromMs: number; readonly toMs: number }[],
  atMs: number,
): number | null {
  const found = spans.filter((span) => span.toMs > atMs).toSorted((a, b) => a.fromMs - b.fromMs)[0];
  return found ? Math.max(found.fromMs, atMs) : null;
}
