import type { Area } from '@wangge/geo';

/**
 * Slow, independent reference for point location: exact integers instead of floating point.
 * A double of less than 512 with a fraction down to 2^-52 is a whole number once multiplied by 2^52.
 */
const whole = (degrees: number) => BigInt(degrees * 2 ** 52);

/** Codes of the areas that hold the place once it is moved east by ε and north by ε². */
export function areasEastOf(areas: readonly Area[], lon: number, lat: number): string[] {
  const px = whole(lon);
  const py = whole(lat);
  return areas
    .filter(({ polygons }) =>
      polygons.some((rings) => {
        let crossings = 0;
        for (const ring of rings) {
          for (let i = 1; i < ring.length; i++) {
            const [ax, ay] = ring[i - 1]!.map(whole) as [bigint, bigint];
            const [bx, by] = ring[i]!.map(whole) as [bigint, bigint];
            const low = ay < by ? ay : by;
            const high = ay < by ? by : ay;
            if (py < low || py >= high) continue;
            const cross = (bx - ax) * (py - ay) - (by - ay) * (px - ax);
            // On the border the moved point is east of it: no crossing to its east.
            if (by > ay ? cross > 0n : cross < 0n) crossings++;
          }
        }
        return crossings % 2 === 1;
      }),
    )
    .map((area) => area.code);
}
