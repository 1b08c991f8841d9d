/** The town's day, and moments of it. */
import { momentAt } from '@wangge/incidents';
import { dayIn, type Tx } from '@wangge/kernel';

export function today(tx: Tx): string {
  return dayIn(tx.rt.config.zone, tx.nowMs);
}

/** @param minute of the day, as the clocks of the town show it; 1440 is the next midnight */
export function minuteOf(tx: Tx, day: string, minute: number): number {
  return momentAt(tx.rt.config.zone, Date.parse(`${day}T00:00:00Z`) + minute * 60_000);
}
