import { EditProblem } from './edit-problem.ts';
import {
  allEdges,
  type Corner,
  cornerKey,
  type CornerRing,
  edgeKey,
  type Mosaic,
  rimCorners,
  type Tile,
} from './mosaic.ts';
import { assertSound } from './sound.ts';

export interface CornerMove {
  readonly from: Corner;
  readonly to: Corner;
}

/**
 * Moves corners of borders for every tile that has them, all at once. The rim of the land stays.
 * @throws EditProblem `no-such-corner`, `corner-taken`, `outer-border`, `borders-cross`
 */
export function moveCorners(mosaic: Mosaic, moves: readonly CornerMove[]): Mosaic {
  const targets = new Map(moves.map(({ from, to }) => [cornerKey(from), to]));
  const corners = cornersOf(mosaic);
  const rim = rimCorners(mosaic);
  for (const from of targets.keys()) {
    if (!corners.has(from)) throw new EditProblem('no-such-corner');
    if (rim.has(from)) throw new EditProblem('outer-border');
  }
  const taken = new Set([...corners].filter((corner) => !targets.has(corner)));
  for (const to of targets.values()) {
    if (taken.has(cornerKey(to))) throw new EditProblem('corner-taken');
    taken.add(cornerKey(to));
  }
  return rewrite(mosaic, (ring) => ring.map((corner) => targets.get(cornerKey(corner)) ?? corner));
}

/**
 * Puts a new corner into the border from `a` to `b`, on both sides of it.
 * @throws EditProblem `no-such-border`, `corner-taken`, `outer-border`, `borders-cross`
 */
export function addCorner(mosaic: Mosaic, a: Corner, b: Corner, at: Corner): Mosaic {
  const edges = new Set<string>();
  for (const [c, d] of allEdges(mosaic.values())) edges.add(edgeKey(c, d));
  const [there, back] = [edges.has(edgeKey(a, b)), edges.has(edgeKey(b, a))];
  if (!there && !back) throw new EditProblem('no-such-border');
  if (!there || !back) throw new EditProblem('outer-border');
  if (cornersOf(mosaic).has(cornerKey(at))) throw new EditProblem('corner-taken');
  const [ka, kb] = [cornerKey(a), cornerKey(b)];
  return rewrite(mosaic, (ring) =>
    ring.flatMap((corner, i) => {
      const [here, next] = [cornerKey(corner), cornerKey(ring[i + 1] ?? ring[0]!)];
      return (here === ka && next === kb) || (here === kb && next === ka) ? [corner, at] : [corner];
    }),
  );
}

/**
 * Takes a corner out of the border that it is on. One where three tiles meet, or on the rim, stays.
 * @throws EditProblem `no-such-corner`, `corner-needed`, `outer-border`, `borders-cross`
 */
export function removeCorner(mosaic: Mosaic, at: Corner): Mosaic {
  const key = cornerKey(at);
  const around = new Set<string>();
  for (const [a, b] of allEdges(mosaic.values())) if (cornerKey(a) === key) around.add(cornerKey(b));
  if (around.size === 0) throw new EditProblem('no-such-corner');
  if (rimCorners(mosaic).has(key)) throw new EditProblem('outer-border');
  if (around.size > 2) throw new EditProblem('corner-needed');
  return rewrite(mosaic, (ring) => ring.filter((corner) => cornerKey(corner) !== key));
}

function cornersOf(mosaic: Mosaic): Set<string> {
  return new Set(Array.from(allEdges(mosaic.values()), ([corner]) => cornerKey(corner)));
}

function rewrite(mosaic: Mosaic, edit: (ring: CornerRing) => CornerRing): Mosaic {
  const after = new Map(mosaic);
  const changed = new Set<string>();
  for (const [id, tile] of mosaic) {
    const edited: Tile = tile.map((rings) => rings.map(edit));
    if (tile.every((rings, p) => rings.every((ring, r) => isSame(ring, edited[p]?.[r] ?? [])))) continue;
    after.set(id, edited);
    changed.add(id);
  }
  assertSound(mosaic, after, changed);
  return after;
}

function isSame(a: CornerRing, b: CornerRing): boolean {
  return a.length === b.length && a.every(([x, y], i) => x === b[i]?.[0] && y === b[i]?.[1]);
}
