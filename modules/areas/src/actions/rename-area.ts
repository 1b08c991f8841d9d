import { AppError } from '@wangge/contract-kit';
import type { Tx } from '@wangge/kernel';
import { heldIndex, offerIndex } from '../area-index.ts';
import { type Area, areasChanged } from '../contract.ts';
import { makeAreaIndex } from '../rules/area-index.ts';
import { changeArea } from '../store/areas.ts';
import { entriesOf, nodesOf } from '../store/entries.ts';
import { currentVersion, lockAreas, nextGeneration, notifyProcesses } from '../store/versions.ts';

export interface AreaChange {
  readonly name?: string | undefined;
  readonly population?: number | null | undefined;
  readonly households?: number | null | undefined;
}

/** Changes the name or the head count of an area in force. Throws `not-found` for one that ended. */
export async function renameOne(tx: Tx, id: string, change: AreaChange): Promise<Area> {
  await lockAreas(tx);
  const version = await currentVersion(tx);
  if (!version) throw new AppError('not-found');
  // From the table, not from memory: another process may have changed it a moment ago.
  const nodes = nodesOf(await entriesOf(tx, version.id));
  const before = nodes.find((node) => node.id === id);
  if (!before) throw new AppError('not-found');
  tx.rt.authorise(tx.actor, 'areas.edit', { areaPath: before.path });
  const after: Area = {
    ...before,
    name: change.name ?? before.name,
    population: change.population === undefined ? before.population : change.population,
    households: change.households === undefined ? before.households : change.households,
  };
  await changeArea(tx, version.id, before, after);
  const generation = await nextGeneration(tx, version.id);
  tx.emit(areasChanged, { versionId: version.id }, { areaPath: '', subjectId: version.id });
  tx.audit({ action: 'areas.rename', subject: { kind: 'area', id }, details: { code: before.code, ...change } });
  await notifyProcesses(tx);
  tx.afterCommit(() => {
    const held = heldIndex(tx.rt);
    if (held.index.versionId !== version.id) return;
    const all = nodes.map((node) => (node.id === id ? after : node));
    offerIndex(tx.rt, { generation, index: makeAreaIndex(version.id, all, held.levels), levels: held.levels });
  });
  return after;
}
