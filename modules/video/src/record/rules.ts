/** Pure rules of recording: when, how long it is kept, and how much disk that takes. */
import { localTimeIn } from '@wangge/kernel';
import type { RecordingPlan } from '../contract.ts';

const dayMin = 1440;
export const dayMs = 86_400_000;

/** A moment on the town's clock: Monday is 1. */
export interface LocalTime {
  readonly weekday: number;
  readonly minute: number;
}

/** Whether a plan wants pictures now; a span whose end is not behind its beginning ends on the next day. */
export function shouldRecord(plan: Pick<RecordingPlan, 'mode' | 'spans'>, { weekday, minute }: LocalTime): boolean {
  if (plan.mode !== 'schedule') return plan.mode === 'always';
  const yesterday = weekday === 1 ? 7 : weekday - 1;
  return plan.spans.some(({ weekdays, fromMin, toMin }) => {
    const overMidnight = toMin <= fromMin;
    if (weekdays.includes(weekday) && minute >= fromMin && (overMidnight || minute < toMin)) return true;
    return overMidnight && weekdays.includes(yesterday) && minute < toMin;
  });
}

/** @returns what the clock on the town's wall says */
export function localTime(zone: string, atMs: number): LocalTime {
  const minutes = Math.floor(localTimeIn(zone)(atMs) / 60_000);
  const days = Math.floor(minutes / dayMin);
  // 1970 began with a Thursday.
  return { weekday: ((days + 3) % 7) + 1, minute: minutes - days * dayMin };
}

/** A segment as eviction looks at it. */
export interface Keepable {
  readonly endMs: number;
  readonly bytes: number;
  readonly locked: boolean;
  readonly floorDays: number;
  readonly ceilingDays: number;
}
export type Verdict = 'ceiling' | 'spare' | 'floor' | 'locked';

/**
 * What may become of a segment: `ceiling` goes at once, `spare` may go for want of room, `floor` and `locked` stay
 * whatever happens.
 */
export function judge(segment: Omit<Keepable, 'bytes'>, nowMs: number): Verdict {
  if (segment.locked) return 'locked';
  const days = (nowMs - segment.endMs) / dayMs;
  if (days >= segment.ceilingDays) return 'ceiling';
  return days >= segment.floorDays ? 'spare' : 'floor';
}

/** Bytes that recordings of so many cameras take. @param kbitPerS of one camera, on average */
export function storagePlan(asked: {
  readonly cameras: number;
  readonly days: number;
  readonly kbitPerS: number;
  readonly hoursPerDay?: number;
}): { readonly bytesPerDay: number; readonly bytes: number; readonly diskBytes: number } {
  const { cameras, days, kbitPerS, hoursPerDay = 24 } = asked;
  // Boxes around the pictures take less than one percent of a stream of 300 kbit/s and more.
  const bytesPerDay = Math.ceil(cameras * hoursPerDay * 3600 * ((kbitPerS * 1000) / 8) * 1.01);
  // The day under way, and a fifth of the disk that recordings leave to everything else.
  return { bytesPerDay, bytes: bytesPerDay * days, diskBytes: Math.ceil((bytesPerDay * (days + 1)) / 0.8) };
}
