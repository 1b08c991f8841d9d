import { EditProblem } from './edit-problem.ts';
import { type Corner, cornerKey, type CornerRing, type Tile } from './mosaic.ts';
import { insideRing } from './segments.ts';

export type Side = 'left' | 'right';
export interface TilePart {
  readonly rings: readonly CornerRing[];
  /** On which side of the line; null: the line does not touch it. */
  readonly side: Side | null;
}

/** Cuts a tile along pieces of a line, each from a corner of its shell through the inside to another. */
export function cutTile(tile: Tile, pieces: readonly (readonly Corner[])[]): TilePart[] {
  let parts: TilePart[] = tile.map((rings) => ({ rings, side: null }));
  for (const piece of pieces) {
    const [from, to] = [cornerKey(piece[0]!), cornerKey(piece.at(-1)!)];
    const probe = middleOf(piece);
    const index = parts.findIndex(({ rings: [shell = []] }) => {
      const keys = new Set(shell.map(cornerKey));
      return keys.has(from) && keys.has(to) && insideRing(shell, probe);
    });
    const found = parts[index];
    // It ends at a hole, or ends where it began.
    if (!found || from === to) throw new EditProblem('line-unclear');
    parts = [...parts.slice(0, index), ...cutPart(found, piece), ...parts.slice(index + 1)];
  }
  return parts;
}

export function middleOf(piece: readonly Corner[]): Corner {
  const [a, b] = [piece[0]!, piece[1]!];
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

function cutPart({ rings: [shell = [], ...holes] }: TilePart, piece: readonly Corner[]): TilePart[] {
  const keys = shell.map(cornerKey);
  const start = keys.indexOf(cornerKey(piece[0]!));
  const end = keys.indexOf(cornerKey(piece.at(-1)!));
  // The shell turns counter-clockwise: what closes the piece on its way from end to start lies to the left.
  const left = [...piece.slice(0, -1), ...walk(shell, end, start)];
  const right = [...piece.toReversed().slice(0, -1), ...walk(shell, start, end)];
  const inLeft = holes.filter((hole) => hole[0] && insideRing(left, hole[0]));
  return [
    { rings: [left, ...inLeft], side: 'left' },
    { rings: [right, ...holes.filter((hole) => !inLeft.includes(hole))], side: 'right' },
  ];
}

/** Corners of a ring from one up to, but not with, another. */
function walk(ring: CornerRing, from: number, to: number): Corner[] {
  return from < to ? ring.slice(from, to) : [...ring.slice(from), ...ring.slice(0, to)];
}
