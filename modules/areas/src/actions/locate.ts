import type { RouteOutput } from '@wangge/contract-kit';
import type { locatePlace } from '../contract.ts';
import type { AreaIndex } from '../rules/area-index.ts';

/** Half the Earth around: what "nowhere near" is in a number, since JSON has no infinity. */
const farthestM = 20_040_000;

export function locate(index: AreaIndex, lon: number, lat: number): RouteOutput<typeof locatePlace> {
  const found = index.locate(lon, lat);
  return {
    inside: found !== null,
    distanceM: found ? 0 : Math.min(farthestM, index.distanceOutsideM(lon, lat)),
    village: found?.village ?? null,
    grid: found?.grid ?? null,
    microGrid: found?.microGrid ?? null,
  };
}
