/** The areas in force, for everybody. */
import type { Runtime } from '@wangge/kernel';
import { type HeldIndex, IndexHolder } from './index-holder.ts';
import type { AreaIndex } from './rules/area-index.ts';

const holders = new WeakMap<Runtime, IndexHolder>();

/** Loads the index and follows changes; the answer stops it. */
export async function startIndex(rt: Runtime): Promise<() => Promise<void>> {
  const holder = new IndexHolder(rt);
  holders.set(rt, holder);
  await holder.start();
  return () => holder.stop();
}

function holderOf(rt: Runtime): IndexHolder {
  const holder = holders.get(rt);
  if (!holder) throw new Error('the areas module has not started in this runtime');
  return holder;
}

/**
 * The areas in force. Ask each time: a new version is a new index, and one that was kept stays as it was.
 *
 * @example areaIndex(tx.rt).locate(119.01, 31.52)?.grid
 */
export function areaIndex(rt: Runtime): AreaIndex {
  return holderOf(rt).held.index;
}
export function heldIndex(rt: Runtime): HeldIndex {
  return holderOf(rt).held;
}
export function offerIndex(rt: Runtime, held: HeldIndex): void {
  holderOf(rt).offer(held);
}
