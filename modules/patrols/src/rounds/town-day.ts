/** The town's day, and moments of it. */
import { momentAt } from '@wangge/incidents';
import { dayIn, type Tx } from '@wangge/kernel';

export function today(tx: Tx): string {
  return dayIn(tx.rt.config.zone, tx.nowMs);
}

/** The day before, whose night walks may still be under way. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** @param minute of the day, as the clocks of the town show it; from 1440 on it is of the next one */
export function minuteOf(tx: Tx, day: string, minute: number): number {
  return momentAt(tx.rt.config.zone, Date.parse(`${day}T00:00:00Z`) + minute * 60_000);
}
