/** Routes follow the areas: their paths, and where an area ended, the one that took its place. */
import { type AreaIndex, areaIndex, successorOf } from '@wangge/areas';
import type { Tx } from '@wangge/kernel';
import { moveRoutes } from './store/patrol-routes.ts';

/** In the publishing transaction. Rounds stay where they were walked. */
export async function followAreas(tx: Tx, index: AreaIndex): Promise<void> {
  const known = new Map([...areaIndex(tx.rt).all(), ...index.all()].map((area) => [area.id, area]));
  const moves = [...known.values()].flatMap((area) => {
    const to = successorOf(index, area) ?? index.root();
    return to ? [{ from: area.id, id: to.id, path: to.path }] : [];
  });
  await moveRoutes(tx, moves);
}
