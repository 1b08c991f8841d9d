import { canonicalShape } from './canonical-shape.ts';
import type { AreaEntry, TownShapes } from './entry.ts';
import { ImportProblem } from './import-problem.ts';
import type { ImportedArea } from './imported-area.ts';

/**
 * Says for each imported area which area it is: the one that its former code names, else the one
 * of the same code, else the one with exactly its borders whose own code is gone from the file, else
 * one that ended under this code, else a new one. So posts, incidents and signs stay with their area.
 *
 * @param previous areas of this level until now
 * @param ended ids of ended areas of this level by code
 */
export function findIdentities(
  areas: readonly ImportedArea[],
  previous: readonly AreaEntry[],
  polygons: TownShapes['polygons'],
  ended: ReadonlyMap<string, string>,
  newId: () => string,
): string[] {
  const byCode = new Map(previous.map((entry) => [entry.code, entry]));
  const taken = new Set<string>();
  const ids: (string | null)[] = areas.map(() => null);
  const claim = (i: number, id: string | undefined): void => {
    if (ids[i] != null || id === undefined || taken.has(id)) return;
    taken.add(id);
    ids[i] = id;
  };

  const unknown = areas.filter((area) => area.formerCode !== null && !byCode.has(area.formerCode));
  if (unknown.length > 0)
    throw new ImportProblem(
      'unknown-former',
      unknown.map((area) => area.code),
    );
  areas.forEach((area, i) => area.formerCode !== null && claim(i, byCode.get(area.formerCode)?.id));
  areas.forEach((area, i) => claim(i, byCode.get(area.code)?.id));

  const orphans = previous.filter((entry) => !taken.has(entry.id));
  if (orphans.length > 0 && ids.includes(null)) {
    const byShape = new Map(orphans.map((entry) => [canonicalShape(polygons.get(entry.id) ?? []), entry]));
    areas.forEach((area, i) => ids[i] === null && claim(i, byShape.get(canonicalShape(area.polygons))?.id));
  }
  // An outline that we made up gives way to the real one, whatever its code.
  const madeUp = previous.filter((entry) => entry.derived);
  if (areas.length === 1 && madeUp.length === 1) claim(0, madeUp[0]?.id);
  areas.forEach((area, i) => claim(i, ended.get(area.code)));
  return ids.map((id) => id ?? newId());
}
