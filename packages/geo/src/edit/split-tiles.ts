import { type Side, cutTile, middleOf, type TilePart } from './cut-tile.ts';
import { EditProblem } from './edit-problem.ts';
import { nodeLine, type NodedLine } from './line-nodes.ts';
import { allEdges, type Corner, edgeKey, type CornerRing, type Mosaic, type Tile } from './mosaic.ts';
import { clash, insideRing } from './segments.ts';
import { assertSound } from './sound.ts';

export interface Split {
  /** All tiles, with the new corners where the line meets a border; tiles that were cut are as before but for those. */
  readonly noded: Mosaic;
  /** What lies on each side of the line, by the tile that it was part of. */
  readonly left: Mosaic;
  readonly right: Mosaic;
}

/**
 * Divides some tiles of a mosaic along a line across them. What of the line lies outside of them does not count, and it may
 * run along borders. The neighbours get the new corners too, so that no gap opens.
 * @throws EditProblem `line-does-not-cut`, `line-unclear`, `borders-cross`
 */
export function splitTiles(mosaic: Mosaic, ids: readonly string[], line: readonly Corner[]): Split {
  if (line.length < 2 || crossesItself(line)) throw new EditProblem('line-unclear');
  const own = new Map(ids.map((id) => [id, mosaic.get(id) ?? []]));
  const noding = nodeLine(own, line);
  const noded = withCorners(mosaic, noding.onEdge);
  const pieces = piecesOf(noding);
  const walls = new Set<string>();
  const owner = new Map<string, string>();
  for (const id of ids) for (const [a, b] of allEdges([noded.get(id) ?? []])) owner.set(edgeKey(a, b), id);
  const sides = new Map<string, Side>();
  const cuts = new Map<string, (readonly Corner[])[]>();
  for (const piece of pieces) {
    const [a, b] = [piece[0]!, piece.at(-1)!];
    const along = piece.length === 2 ? [owner.get(edgeKey(a, b)), owner.get(edgeKey(b, a))] : [];
    if (along.some((id) => id !== undefined)) {
      if (along[0] !== undefined) sides.set(along[0], 'left');
      if (along[1] !== undefined) sides.set(along[1], 'right');
    } else {
      const id = ids.find((one) => holds(noded.get(one) ?? [], middleOf(piece)));
      if (id === undefined) continue;
      cuts.set(id, [...(cuts.get(id) ?? []), piece]);
    }
    for (let i = 1; i < piece.length; i++)
      walls.add(edgeKey(piece[i - 1]!, piece[i]!)).add(edgeKey(piece[i]!, piece[i - 1]!));
  }
  const units = ids.flatMap((id) => {
    const pieces = cuts.get(id);
    if (!pieces) return [{ id, parts: (noded.get(id) ?? []).map((rings) => ({ rings, side: null })) as TilePart[] }];
    return cutTile(noded.get(id) ?? [], pieces).map((part) => ({ id, parts: [part] }));
  });
  const sided = spreadSides(
    units,
    walls,
    (unit) => unit.parts[0]?.side ?? (cuts.has(unit.id) ? null : (sides.get(unit.id) ?? null)),
  );
  const [left, right] = [gather(units, sided, 'left'), gather(units, sided, 'right')];
  if (left.size === 0 || right.size === 0) throw new EditProblem('line-does-not-cut');
  assertCut(mosaic, noded, left, right);
  return { noded, left, right };
}

interface Unit {
  readonly id: string;
  readonly parts: readonly TilePart[];
}

/** From the parts along the line to all that hang together with them, never across the line. */
function spreadSides(
  units: readonly Unit[],
  walls: ReadonlySet<string>,
  given: (unit: Unit) => Side | null,
): (Side | null)[] {
  const unitOf = new Map<string, number>();
  const edges = units.map((unit) => [...allEdges(unit.parts.map((part) => part.rings).map((rings) => [rings]))]);
  edges.forEach((list, i) => list.forEach(([a, b]) => unitOf.set(edgeKey(a, b), i)));
  const sided = units.map(given);
  const queue = sided.flatMap((side, i) => (side === null ? [] : [i]));
  if (queue.length === 0) throw new EditProblem('line-does-not-cut');
  for (let i = queue.pop(); i !== undefined; i = queue.pop()) {
    for (const [a, b] of edges[i] ?? []) {
      const next = walls.has(edgeKey(a, b)) ? undefined : unitOf.get(edgeKey(b, a));
      if (next === undefined || sided[next] === sided[i]) continue;
      // Both sides hang together somewhere: the line does not reach from border to border.
      if (sided[next] !== null) throw new EditProblem('line-does-not-cut');
      sided[next] = sided[i]!;
      queue.push(next);
    }
  }
  return sided;
}

/** Islands that the line does not touch stay where they were: on the left. */
function gather(units: readonly Unit[], sided: readonly (Side | null)[], side: Side): Map<string, Tile> {
  const tiles = new Map<string, CornerRing[][]>();
  units.forEach((unit, i) => {
    if ((sided[i] ?? 'left') !== side) return;
    const tile = tiles.get(unit.id) ?? [];
    tiles.set(unit.id, [...tile, ...unit.parts.map((part) => [...part.rings])]);
  });
  return tiles;
}

function assertCut(before: Mosaic, noded: Mosaic, left: Mosaic, right: Mosaic): void {
  const after = new Map(noded);
  for (const id of [...left.keys(), ...right.keys()]) after.delete(id);
  for (const [id, tile] of left) after.set(id, tile);
  for (const [id, tile] of right) after.set(`${id} right`, tile);
  const changed = new Set([...after].filter(([id, tile]) => before.get(id) !== tile).map(([id]) => id));
  assertSound(before, after, changed);
}

function withCorners(mosaic: Mosaic, onEdge: NodedLine['onEdge']): Mosaic {
  const touched = ([a, b]: readonly [Corner, Corner]): boolean => onEdge.has(edgeKey(a, b));
  return new Map(
    Array.from(mosaic, ([id, tile]) => {
      if (![...allEdges([tile])].some(touched)) return [id, tile];
      return [
        id,
        tile.map((rings) =>
          rings.map((ring) => ring.flatMap((a, i) => [a, ...(onEdge.get(edgeKey(a, ring[i + 1] ?? ring[0]!)) ?? [])])),
        ),
      ];
    }),
  );
}

/** Stretches of the line from one meeting with a border to the next. */
function piecesOf({ points }: NodedLine): Corner[][] {
  const pieces: Corner[][] = [];
  let piece: Corner[] | null = null;
  for (const { at, node } of points) {
    piece?.push(at);
    if (!node) continue;
    if (piece) pieces.push(piece);
    piece = [at];
  }
  return pieces;
}

function holds(tile: Tile, at: Corner): boolean {
  return tile.some(([shell = [], ...holes]) => insideRing(shell, at) && !holes.some((hole) => insideRing(hole, at)));
}

function crossesItself(line: readonly Corner[]): boolean {
  for (let i = 1; i < line.length; i++)
    for (let j = i + 1; j < line.length; j++) if (clash(line[i - 1]!, line[i]!, line[j - 1]!, line[j]!)) return true;
  return false;
}
