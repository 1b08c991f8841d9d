/** Honest time for what was done out of reach. Pure: clocks in, a moment out. All in milliseconds. */
import type { PhoneTime } from './contract/phone-time.ts';

/** What arrives this soon counts from its arrival: the phone's word is not needed. */
export const onTheSpotMs = 60_000;
/** Nobody is out of reach for longer and still has the same page open. */
export const longestAwayMs = 7 * 86_400_000;

export interface CorrectedTime {
  readonly atMs: number;
  /** Rests on the phone's word, within what contact and arrival leave possible. */
  readonly byPhone: boolean;
}

/**
 * When it was done, by the server's clock: the phone's time put right by the measured offset, never
 * before the last contact (or `notBeforeMs`: what it followed on), never after its arrival. A phone a
 * day wrong gives the right answer; one whose clock was changed since the last contact, or that lies,
 * gives one within the bounds.
 *
 * @example correctedTime({ phoneMs: 900, clockOffsetMs: 100, contactMs: 500 }, 90_000).atMs === 1000
 */
export function correctedTime(told: PhoneTime, receivedMs: number, notBeforeMs = 0): CorrectedTime {
  const earliestMs = Math.min(receivedMs, Math.max(told.contactMs, notBeforeMs, receivedMs - longestAwayMs));
  const toldMs = told.phoneMs + told.clockOffsetMs;
  const atMs = Math.min(receivedMs, Math.max(earliestMs, toldMs));
  return receivedMs - atMs <= onTheSpotMs ? { atMs: receivedMs, byPhone: false } : { atMs, byPhone: true };
}
