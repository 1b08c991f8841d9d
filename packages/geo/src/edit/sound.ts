import { EditProblem } from './edit-problem.ts';
import { allEdges, type Corner, doubleArea, edgeKey, type Mosaic, type Tile } from './mosaic.ts';
import { clash, insideRing } from './segments.ts';

/**
 * Makes sure that changed tiles still tile the land together with the others.
 *
 * Why this is enough: every inner edge belongs to one tile in each direction and the rim did not change, so the windings of
 * all tiles about any place add up to one within the land and none outside. When no two edges cross and every
 * ring turns the way it did, each tile winds about a place once or not at all: exactly one has it.
 *
 * @throws EditProblem `borders-cross`
 */
export function assertSound(before: Mosaic, after: Mosaic, changed: ReadonlySet<string>): void {
  const known = new Set<string>();
  for (const id of changed)
    for (const [a, b] of allEdges([before.get(id) ?? []])) known.add(edgeKey(a, b)).add(edgeKey(b, a));
  const fresh = new Map<string, readonly [Corner, Corner]>();
  for (const id of changed) {
    const tile = after.get(id) ?? [];
    if (!tile.every(isSound)) throw new EditProblem('borders-cross');
    for (const edge of allEdges([tile])) {
      const key = edgeKey(...edge);
      if (!known.has(key) && !fresh.has(edgeKey(edge[1], edge[0]))) fresh.set(key, edge);
    }
  }
  for (const [c, d] of allEdges(after.values()))
    for (const [a, b] of fresh.values()) if (clash(a, b, c, d)) throw new EditProblem('borders-cross');
}

function isSound([shell, ...holes]: Tile[number]): boolean {
  if (!shell || shell.length < 3 || doubleArea(shell) <= 0) return false;
  return holes.every((hole) => hole.length > 2 && doubleArea(hole) < 0 && holeIn(shell, hole));
}

/** Rings do not cross, so any corner that they do not share tells. */
function holeIn(shell: Tile[number][number], hole: Tile[number][number]): boolean {
  const shared = new Set(shell.map(String));
  const probe = hole.find((corner) => !shared.has(String(corner)));
  return probe === undefined || insideRing(shell, probe);
}
