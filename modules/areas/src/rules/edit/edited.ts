/** What all edits take and give. */
import type { AreaEntry, TownShapes } from '../entry.ts';
import type { UsedCodes } from './codes.ts';
import { EditRefused } from './edit-refused.ts';

export interface EditContext {
  readonly newId: () => string;
  readonly used: UsedCodes;
}
export interface Edited {
  readonly town: TownShapes;
  /** Of the areas that it is about. */
  readonly names: readonly string[];
}

/** @throws EditRefused `wrong-level` for an area that is not in the draft */
export function entryOf(town: TownShapes, id: string): AreaEntry {
  const entry = town.entries.find((one) => one.id === id);
  if (!entry) throw new EditRefused('wrong-level');
  return entry;
}
