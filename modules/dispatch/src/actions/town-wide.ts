/** Rules and what skills they need are the town's: who has a post in one grid only does not write them. */
import { areaIndex } from '@wangge/areas';
import type { Tx } from '@wangge/kernel';

/** @throws AppError `forbidden` unless the caller's post covers the whole town */
export function authoriseTownWide(tx: Tx): void {
  const index = areaIndex(tx.rt);
  const town = index.all().find((a) => a.level === 'town') ?? index.root();
  tx.rt.authorise(tx.actor, 'dispatch.edit-rules', { areaPath: town?.path ?? '' });
}
