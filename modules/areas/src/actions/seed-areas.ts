import { newId } from '@wangge/contract-kit';
import type { DemoTown } from '@wangge/geo/town';
import { quantisePolygons } from '@wangge/geo';
import type { Runtime } from '@wangge/kernel';
import type { TownShapes } from '../rules/entry.ts';
import { noFaults } from '../rules/publish-rule.ts';
import { hasBasemap, replaceBasemap } from '../store/basemap.ts';
import { currentVersion, lockAreas } from '../store/versions.ts';
import { demoBasemap } from './demo-basemap.ts';
import { publishInTx } from './publish-version.ts';
import { newVersion } from '../import/prepare-import.ts';
import { storeVersion } from './store-version.ts';

/** Stores and publishes the demo town with its background map. A town that has areas already is left as it is. */
export async function seedAreas(rt: Runtime, town: DemoTown): Promise<void> {
  await rt.system('areas', async (tx) => {
    await lockAreas(tx);
    if (!(await hasBasemap(tx))) await replaceBasemap(tx, demoBasemap(town));
    if (await currentVersion(tx)) return;
    const version = newVersion(shapesOfDemo(town));
    const about = { state: 'draft', note: town.name, baseId: null, faults: noFaults } as const;
    await publishInTx(tx, (await storeVersion(tx, version, about)).id);
  });
}

function shapesOfDemo(town: DemoTown): TownShapes {
  const ids = new Map(town.areas.map((area) => [area.code, newId()]));
  return {
    entries: town.areas.map((area) => ({
      id: ids.get(area.code) ?? '',
      level: area.level,
      code: area.code,
      name: area.name,
      parentId: area.parentCode === null ? null : (ids.get(area.parentCode) ?? null),
      population: area.population,
      households: area.households,
      derived: false,
    })),
    polygons: new Map(town.areas.map((area) => [ids.get(area.code) ?? '', quantisePolygons(area.polygons)])),
  };
}
