/** Places of the demo town for its cameras: near the middle of its grids, spread over all of them. */
import type { TownClient } from './town-client.ts';

export interface Place {
  readonly lon: number;
  readonly lat: number;
}

interface Area {
  readonly code: string;
  readonly level: string;
  readonly center: Place | null;
}

/** @throws TownError; Error where the town has no areas yet */
export async function placesOf(town: TownClient, count: number): Promise<Place[]> {
  const { areas } = (await town.get('/api/areas')) as { areas: Area[] };
  const of = (level: string): Area[] => areas.filter((area) => area.level === level && area.center !== null);
  // The finest level that there is: grids are where cameras hang.
  const found = ['grid', 'micro-grid', 'village', 'town'].map(of).find((some) => some.length > 0);
  if (found === undefined) throw new Error('the town has no areas with a place yet');
  const sorted = found.toSorted((one, other) => one.code.localeCompare(other.code));
  const step = Math.max(1, sorted.length / count);
  return Array.from({ length: count }, (_, index) => {
    const { center } = sorted[Math.floor(index * step) % sorted.length]!;
    // Several in one grid do not stand on each other: some 60 m apart, on a spiral.
    const round = Math.floor((index * step) / sorted.length);
    const angle = index * 2.4;
    const reach = round * 0.0006;
    return { lon: center!.lon + Math.cos(angle) * reach, lat: center!.lat + Math.sin(angle) * reach };
  });
}
