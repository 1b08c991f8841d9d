import type { Place } from '@wangge/contract-kit';
import { distanceM } from '@wangge/geo';

export function metresBetween(a: Place, b: Place): number {
  return distanceM([a.lon, a.lat], [b.lon, b.lat]);
}
