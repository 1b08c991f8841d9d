import { runHook, type Tx } from '@wangge/kernel';
import { offerIndex } from '../area-index.ts';
import { areasChanged } from '../contract.ts';
import type { EntryRow } from '../entry-rows.ts';
import { areasPublishing } from '../hooks.ts';
import { type AreaIndex, type AreaNode, buildLevelIndexes, makeAreaIndex } from '../rules/area-index.ts';
import type { TownShapes } from '../rules/entry.ts';
import { replaceAreas } from '../store/areas.ts';
import { nodesOf } from '../store/entries.ts';
import { addQrPoints } from '../store/qr-points.ts';
import { bringIntoForce, notifyProcesses } from '../store/versions.ts';

/**
 * Brings a version into force, together with all that hangs on borders in other modules. The caller
 * holds the lock over areas, acts as the platform, and has checked that the version may.
 */
export async function takeEffect(
  tx: Tx,
  version: { readonly id: string; readonly state: 'published' | 'layer'; readonly rows: readonly EntryRow[] },
  town: TownShapes,
): Promise<void> {
  const nodes = nodesOf(version.rows);
  const levels = buildLevelIndexes(town);
  const index = makeAreaIndex(version.id, nodes, levels);
  const generation = await bringIntoForce(tx, version.id, version.state);
  await replaceAreas(tx, index.all());
  await addQrPoints(tx, signAreas(index));
  await runHook(tx, areasPublishing, { versionId: version.id, index, effectiveAtMs: tx.nowMs });
  tx.emit(areasChanged, { versionId: version.id }, { areaPath: '', subjectId: version.id });
  await notifyProcesses(tx);
  tx.afterCommit(() => offerIndex(tx.rt, { generation, index, levels }));
}

/** Areas that have a sign: micro-grids, and grids that are not divided. */
export function signAreas(index: AreaIndex): AreaNode[] {
  return index
    .all()
    .filter((area) => area.level === 'micro-grid' || (area.level === 'grid' && index.children(area.id).length === 0));
}
