import type { RouteOutput } from '@wangge/contract-kit';
import type { Tx } from '@wangge/kernel';
import type { readDraft as route } from '../../contract.ts';
import { flat } from '../../rules/edit/patch.ts';
import { inTreeOrder } from '../../rules/tree.ts';
import { entriesOf, nodesOf } from '../../store/entries.ts';
import { shapesOf } from '../../store/shapes.ts';
import { describeDraft } from './describe-draft.ts';

/** @throws AppError `not-found` */
export async function readDraft(tx: Tx, id: string): Promise<RouteOutput<typeof route>> {
  const draft = await describeDraft(tx, id);
  const rows = await entriesOf(tx, id);
  const { polygons } = await shapesOf(tx, id, rows);
  const drawn = rows.filter(({ level }) => level !== 'county' && level !== 'town');
  return {
    draft,
    areas: inTreeOrder(nodesOf(rows)),
    shapes: drawn.map((row) => ({ areaId: row.id, polygons: flat(polygons.get(row.id) ?? []) })),
  };
}
