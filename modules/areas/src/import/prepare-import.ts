/** Everything about an import that takes time: from the text of a file to rows ready to be stored. */
import { newId } from '@wangge/contract-kit';
import { type AreaTopology, fromPolygons } from '@wangge/geo';
import type { AreaLevel } from '../contract.ts';
import { contentHash, type EntryRow, entryRows } from '../entry-rows.ts';
import { checkLevels, type Finding } from '../rules/check-levels.ts';
import type { TownShapes } from '../rules/entry.ts';
import type { RootNames } from '../rules/make-roots.ts';
import { planImport } from '../rules/plan-import.ts';
import { type MovedArea, readRows, type RowColumns, type RowSource } from './read-rows.ts';

/** Plain data: it goes to a worker thread and back. */
export interface ImportJob {
  readonly source: RowSource;
  readonly columns: RowColumns;
  /** Repair faults of at most so many metres; 0 repairs none. */
  readonly snapM: number;
  readonly level: AreaLevel;
  readonly base: TownShapes;
  /** Ids of ended areas of this level by code. */
  readonly ended: ReadonlyMap<string, string>;
  readonly names: RootNames;
}

/** A version as it will be stored. */
export interface NewVersion {
  readonly rows: readonly EntryRow[];
  /** Codes in it are the ids of the rows. */
  readonly topology: AreaTopology;
  readonly contentHash: string;
}

export interface PreparedImport extends NewVersion {
  readonly findings: readonly Finding[];
  readonly dropped: readonly string[];
  readonly moved: readonly MovedArea[];
}

/** Throws `ImportProblem` and `AppError` for what is wrong with the file. */
export function prepareImport(job: ImportJob): PreparedImport {
  const { rows, moved } = readRows(job.source, job.columns, job.level, job.snapM);
  const plan = planImport(job.base, job.level, rows, { names: job.names, ended: job.ended, newId });
  return { ...newVersion(plan.town), findings: checkLevels(plan.town), dropped: plan.dropped, moved };
}

/** `known`: rows of areas whose shape is as it was; what is reckoned from a shape is taken from them. */
export function newVersion(town: TownShapes, known: readonly EntryRow[] = []): NewVersion {
  const rows = entryRows(town, known);
  const topology = fromPolygons(town.entries.map(({ id }) => ({ code: id, polygons: town.polygons.get(id) ?? [] })));
  return { rows, topology, contentHash: contentHash(rows) };
}
