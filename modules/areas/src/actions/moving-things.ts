/** What publishing moves that is the areas' own: signs and figures. */
import type { Tx } from '@wangge/kernel';
import { areaIndex } from '../area-index.ts';
import type { Moving } from '../contract.ts';
import type { AreaIndex } from '../rules/area-index.ts';
import { qrPoints } from '../store/qr-points.ts';
import { areaAt } from './read-qr-points.ts';

/** More than this nobody reads in a dialog; the number of areas tells the rest. */
export const mostListed = 200;

/** Signs of areas that end, and where each leads from then on. */
export async function movingSigns(tx: Tx, index: AreaIndex): Promise<Moving['signs']> {
  const now = areaIndex(tx.rt);
  const signs = await qrPoints(tx);
  return signs
    .flatMap(({ token, areaId, lon, lat }) => {
      const area = now.get(areaId);
      if (!area || index.get(areaId)) return [];
      return [{ token, from: area.name, to: areaAt(index, { lon, lat })?.name ?? '' }];
    })
    .slice(0, mostListed);
}

export function movingFigures(now: AreaIndex, index: AreaIndex): Moving['figures'] {
  const before = new Map(now.all().map((area) => [area.id, area]));
  const after = new Map(index.all().map((area) => [area.id, area]));
  return [...new Set([...before.keys(), ...after.keys()])]
    .flatMap((id) => {
      const [old, next] = [before.get(id), after.get(id)];
      const { code, name } = next ?? old ?? { code: '', name: '' };
      const population: [number | null, number | null] = [old?.population ?? null, next?.population ?? null];
      const households: [number | null, number | null] = [old?.households ?? null, next?.households ?? null];
      const same = population[0] === population[1] && households[0] === households[1];
      return same ? [] : [{ code, name, population, households }];
    })
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .slice(0, mostListed);
}
