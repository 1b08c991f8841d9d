import type { RouteOutput } from '@wangge/contract-kit';
import { type Actor, type Runtime, systemActor } from '@wangge/kernel';
import type { AreaLevel, AreaVersion, importDraft } from '../contract.ts';
import type { Finding } from '../rules/check-levels.ts';
import { asPlatform } from './as-platform.ts';
import type { MovedArea, RowColumns, RowSource } from '../import/read-rows.ts';
import { importLevel } from './import-level.ts';

export interface ImportAreasOptions extends RowSource, RowColumns {
  readonly level: AreaLevel;
  readonly note?: string | undefined;
  /** Repairs faults of at most so many metres before anything is checked. */
  readonly snapM?: number | undefined;
  /** Load what has faults as a reference layer, which can never be published. */
  readonly acceptFaults?: boolean | undefined;
  /** Publish at once. */
  readonly publish?: boolean | undefined;
  readonly ontoVersionId?: string | undefined;
  /** Names of the town and county that are made where the tree has none. */
  readonly townName?: string | undefined;
  readonly countyName?: string | undefined;
}

export interface ImportAreasResult {
  readonly version: AreaVersion;
  /** Every fault of every level; none in a version that may be published. */
  readonly findings: readonly Finding[];
  readonly droppedCodes: readonly string[];
  /** What `snapM` moved. */
  readonly moved: readonly MovedArea[];
  /** The same content was there already, nothing was written. */
  readonly unchanged: boolean;
}

/**
 * Replaces one level of the tree by what a file holds; the other levels are carried over from what is in
 * force. Makes a draft; with `publish` a published version, with `acceptFaults` and faults a reference layer.
 * All or nothing. Throws `row-invalid` for rows that make no tree, and with `publish` `tiling-faulty`.
 */
export async function importAreas(
  rt: Runtime,
  options: ImportAreasOptions,
  actor: Actor = systemActor('areas'),
): Promise<ImportAreasResult> {
  rt.authorise(actor, 'areas.edit', {});
  const { dropped, ...outcome } = await rt.tx(asPlatform(actor), (tx) =>
    importLevel(tx, {
      source: { geojson: options.geojson, features: options.features },
      columns: {
        codeColumn: options.codeColumn,
        nameColumn: options.nameColumn,
        parentColumn: options.parentColumn,
        formerCodeColumn: options.formerCodeColumn,
        levelColumn: options.levelColumn,
        coordinates: options.coordinates,
        populationColumn: options.populationColumn,
        householdsColumn: options.householdsColumn,
      },
      snapM: options.snapM ?? 0,
      level: options.level,
      note: options.note ?? '',
      names: { county: options.countyName ?? '本县', town: options.townName ?? '本镇' },
      acceptFaults: options.acceptFaults ?? false,
      publish: options.publish ?? false,
      ontoVersionId: options.ontoVersionId ?? null,
    }),
  );
  return { ...outcome, droppedCodes: dropped };
}

/** Findings of one answer: a file with more faults than this is looked at with the command line's check. */
const maxFindings = 2000;

export async function importUpload(
  rt: Runtime,
  actor: Actor,
  body: ImportAreasOptions,
): Promise<RouteOutput<typeof importDraft>> {
  const { version, findings, droppedCodes, moved } = await importAreas(rt, body, actor);
  return { version, findings: findings.slice(0, maxFindings), droppedCodes: [...droppedCodes], moved: [...moved] };
}
