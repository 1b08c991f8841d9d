import type { Polygons } from '@wangge/geo';
import type { AreaLevel } from '../contract.ts';

/** One area as one version has it. */
export interface AreaEntry {
  /** Stays the same through new codes, names and borders. */
  readonly id: string;
  readonly level: AreaLevel;
  /** Unique within a level of a version. */
  readonly code: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly population: number | null;
  readonly households: number | null;
  /** Nobody drew it: its outline is that of the areas below, and follows them. */
  readonly derived: boolean;
}

/** The contents of a version: its areas, and their shapes by id. */
export interface TownShapes {
  readonly entries: readonly AreaEntry[];
  readonly polygons: ReadonlyMap<string, Polygons>;
}

export const emptyTown: TownShapes = { entries: [], polygons: new Map() };
