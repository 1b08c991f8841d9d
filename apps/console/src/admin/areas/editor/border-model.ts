/** A draft as the editor sees it: which tiles share which piece of border. Pure. */
import type { Area } from '@wangge/areas/contract';
import type { BorderCorner, BorderHandle } from '@wangge/ui/map';

export interface DraftShape {
  readonly areaId: string;
  readonly polygons: readonly (readonly (readonly number[])[])[];
}
interface Edge {
  readonly a: BorderCorner;
  readonly b: BorderCorner;
  readonly tile: string;
  /** The tile beyond; null at the rim of the land. */
  readonly beyond: string | null;
}
export interface BorderModel {
  readonly byId: ReadonlyMap<string, Area>;
  readonly edges: readonly Edge[];
}
/** A piece of a chosen area's border, in its order. */
export interface Piece {
  readonly a: BorderCorner;
  readonly b: BorderCorner;
  /** At the rim it stays where it is. */
  readonly fixed: boolean;
}

const keyOf = ([x, y]: BorderCorner): string => `${x},${y}`;

export function borderModel(areas: readonly Area[], shapes: readonly DraftShape[]): BorderModel {
  const parents = new Set(areas.map((area) => area.parentId));
  const found: Omit<Edge, 'beyond'>[] = [];
  const owner = new Map<string, string>();
  for (const { areaId, polygons } of shapes) {
    if (parents.has(areaId)) continue;
    for (const ring of polygons.flat())
      for (let i = 0; i + 3 < ring.length; i += 2) {
        const a = [ring[i] ?? 0, ring[i + 1] ?? 0] as const;
        const b = [ring[i + 2] ?? 0, ring[i + 3] ?? 0] as const;
        found.push({ a, b, tile: areaId });
        owner.set(`${keyOf(a)} ${keyOf(b)}`, areaId);
      }
  }
  const edges = found.map((edge) => ({ ...edge, beyond: owner.get(`${keyOf(edge.b)} ${keyOf(edge.a)}`) ?? null }));
  return { byId: new Map(areas.map((area) => [area.id, area])), edges };
}

function isWithin(model: BorderModel, id: string | null, areaId: string): boolean {
  for (let at = model.byId.get(id ?? ''); at; at = model.byId.get(at.parentId ?? '')) if (at.id === areaId) return true;
  return false;
}

/** The border of an area of any level, piece after piece. */
export function borderOf(model: BorderModel, areaId: string): Piece[] {
  const own = model.edges.filter((edge) => isWithin(model, edge.tile, areaId) && !isWithin(model, edge.beyond, areaId));
  const from = Map.groupBy(own, (edge) => keyOf(edge.a));
  const pieces: Piece[] = [];
  for (const start of own) {
    for (let edge = from.get(keyOf(start.a))?.pop(); edge; edge = from.get(keyOf(edge.b))?.pop())
      pieces.push({ a: edge.a, b: edge.b, fixed: edge.beyond === null });
  }
  return pieces;
}

/** What can be dragged of a border: corners that are not the rim's, and the middles of its pieces. */
export function handlesOf(model: BorderModel, pieces: readonly Piece[]): BorderHandle[] {
  const rim = new Set(model.edges.flatMap((edge) => (edge.beyond === null ? [keyOf(edge.a), keyOf(edge.b)] : [])));
  const corners = new Map<string, BorderHandle>();
  for (const { a, b } of pieces)
    for (const at of [a, b]) if (!rim.has(keyOf(at))) corners.set(keyOf(at), { id: keyOf(at), at, kind: 'corner' });
  const middles = pieces
    .filter(({ fixed }) => !fixed)
    .map((piece): BorderHandle => ({
      id: `${keyOf(piece.a)} ${keyOf(piece.b)}`,
      at: middleOf(piece),
      kind: 'middle',
    }));
  return [...middles, ...corners.values()];
}

export function middleOf({ a, b }: Piece): BorderCorner {
  return [Math.round((a[0] + b[0]) / 2), Math.round((a[1] + b[1]) / 2)];
}

/** The piece that a middle handle belongs to. */
export function pieceOf(handle: BorderHandle, pieces: readonly Piece[]): Piece | undefined {
  return pieces.find(({ a, b }) => `${keyOf(a)} ${keyOf(b)}` === handle.id);
}
export function pieceFrom(corner: BorderHandle, pieces: readonly Piece[]): Piece | undefined {
  return pieces.find(({ a, fixed }) => keyOf(a) === corner.id && !fixed);
}

/** Areas of a level that share a piece of border with an area, by name. */
export function neighboursOf(model: BorderModel, areaId: string, level: Area['level']): Area[] {
  const found = new Set<Area>();
  for (const { tile, beyond } of model.edges) {
    if (!isWithin(model, tile, areaId) || isWithin(model, beyond, areaId)) continue;
    for (let at = model.byId.get(beyond ?? ''); at; at = model.byId.get(at.parentId ?? ''))
      if (at.level === level) found.add(at);
  }
  return [...found].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}
