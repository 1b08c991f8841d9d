import type { WhistleFigures } from '@wangge/dispatch/contract';

/** Of those whose time is over or who came: how many in time; null before there are any. */
export function inTimeShare({ asked, awaited, inTime }: WhistleFigures): number | null {
  const decided = asked - awaited;
  return decided <= 0 ? null : inTime / decided;
}

/** Mean of the three marks, each counted alike; null where nobody rated. */
export function averageOf({ attitude, speed, result }: WhistleFigures): number | null {
  return attitude === null || speed === null || result === null ? null : (attitude + speed + result) / 3;
}
