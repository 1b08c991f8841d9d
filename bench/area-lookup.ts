import { buildAreaIndex, boundsOf, rng } from '@wangge/geo';
import { tiling } from '@wangge/geo/town';

const rounds = 5;
const lookups = 200_000;

/** Point → area at two sizes of a tiling: a county's grids, and a province's. */
export const bench = {
  name: 'area-lookup',
  about: 'places looked up per second among 11,000 and 109,000 grids with winding borders',
  async run(log: (line: string) => void): Promise<Record<string, number>> {
    return {
      lookups_per_s_11k: measure(11_000, log),
      lookups_per_s_109k: measure(109_000, log),
    };
  },
};

function measure(count: number, log: (line: string) => void): number {
  const areas = tiling(count, 1);
  const vertices = areas.reduce((sum, area) => sum + area.polygons.flat(2).length, 0);
  const started = performance.now();
  const index = buildAreaIndex(areas);
  log(
    `${count} grids, ${(vertices / count).toFixed(1)} vertices each: ` +
      `index built in ${(performance.now() - started).toFixed(0)} ms`,
  );

  const [west, south, east, north] = boundsOf(areas.flatMap((area) => area.polygons.flat(2)));
  const random = rng(2);
  const places = Array.from({ length: lookups }, () => [
    west + (east - west) * random(),
    south + (north - south) * random(),
  ]);
  const rates: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    let inside = 0;
    const start = performance.now();
    for (const [lon, lat] of places) if (index.locate(lon!, lat!) !== null) inside++;
    const rate = (lookups / (performance.now() - start)) * 1000;
    // The first round warms up the compiler.
    if (round > 0) rates.push(rate);
    else log(`${((100 * inside) / lookups).toFixed(1)} % of ${lookups} random places are in a grid`);
  }
  const median = rates.toSorted((a, b) => a - b)[rounds >> 1]!;
  log(`${Math.round(median)} lookups per second (median of ${rounds} rounds)`);
  return Math.round(median);
}
