import { AppError } from '@wangge/contract-kit';
import type { Tx } from '@wangge/kernel';
import type { AreaVersion } from '../contract.ts';
import type { ImportJob, PreparedImport } from '../import/prepare-import.ts';
import { runImport } from '../import/run-import.ts';
import { countFaults, faultDetails } from '../rules/check-levels.ts';
import { emptyTown, type TownShapes } from '../rules/entry.ts';
import { isFaulty } from '../rules/publish-rule.ts';
import { endedAreas } from '../store/areas.ts';
import { entriesOf } from '../store/entries.ts';
import { shapesOf, townOf } from '../store/shapes.ts';
import {
  currentVersion,
  lockAreas,
  publishedVersion,
  versionById,
  versionOf,
  type VersionRow,
} from '../store/versions.ts';
import { publishInTx } from './publish-version.ts';
import { sameVersion, storeVersion } from './store-version.ts';
import { takeEffect } from './take-effect.ts';

export interface LevelImport extends Omit<ImportJob, 'base' | 'ended'> {
  readonly note: string;
  /** Load as a reference layer what may not be published. */
  readonly acceptFaults: boolean;
  /** Publish at once; refused with `tiling-faulty` where that may not be. */
  readonly publish: boolean;
  /** Draft whose other levels are taken over; null: what is in force. */
  readonly ontoVersionId: string | null;
}

export interface ImportOutcome extends Pick<PreparedImport, 'findings' | 'dropped' | 'moved'> {
  readonly version: AreaVersion;
  /** This very content was there already: nothing was written. */
  readonly unchanged: boolean;
}

/** Replaces one level by what a file holds, in a new version. Acts as the platform. */
export async function importLevel(tx: Tx, wanted: LevelImport): Promise<ImportOutcome> {
  // Also for drafts: two equal uploads at once must find each other.
  await lockAreas(tx);
  const { base, ...lineage } = await baseOf(tx, wanted.ontoVersionId);
  const prepared = await runImport({
    source: wanted.source,
    columns: wanted.columns,
    snapM: wanted.snapM,
    level: wanted.level,
    names: wanted.names,
    base,
    ended: await endedAreas(tx, wanted.level),
  });
  const { findings, dropped, moved } = prepared;
  const faults = countFaults(findings);
  if (isFaulty(faults) && wanted.publish && !wanted.acceptFaults) {
    throw new AppError('tiling-faulty', { details: faultDetails(findings) });
  }
  const keep = isFaulty(faults) && wanted.acceptFaults ? keepLayer : keepDraft;
  const kept = await keep(tx, prepared, wanted, lineage);
  if (!kept.unchanged) {
    const details = { level: wanted.level, areas: prepared.rows.length, state: kept.version.state };
    tx.audit({ action: 'areas.import', subject: { kind: 'area-version', id: kept.version.id }, details });
  }
  return { ...kept, findings, dropped, moved };
}

interface Lineage {
  /** What is published: a draft made now may replace that and nothing else. */
  readonly baseId: string | null;
  readonly published: VersionRow | undefined;
}

async function baseOf(tx: Tx, ontoVersionId: string | null): Promise<Lineage & { base: TownShapes }> {
  const published = await publishedVersion(tx);
  const from = ontoVersionId === null ? await currentVersion(tx) : await versionById(tx, ontoVersionId);
  if (ontoVersionId !== null && from?.state !== 'draft') {
    throw new AppError('invalid-field', { field: 'ontoVersionId', details: { problem: 'not a draft' } });
  }
  const base = from ? await shapesOf(tx, from.id, await entriesOf(tx, from.id)) : emptyTown;
  // A draft over a draft stays as old as that one: what was published since then still makes it stale.
  const baseId = ontoVersionId === null ? (published?.id ?? null) : (from?.baseId ?? null);
  return { base, baseId, published };
}

type Kept = Pick<ImportOutcome, 'version' | 'unchanged'>;

async function keepDraft(tx: Tx, prepared: PreparedImport, wanted: LevelImport, lineage: Lineage): Promise<Kept> {
  const { published, baseId } = lineage;
  if (wanted.publish && published?.contentHash === prepared.contentHash) {
    return { version: versionOf(published), unchanged: true };
  }
  const same = await sameVersion(tx, prepared, baseId, 'draft');
  const faults = countFaults(prepared.findings);
  const draft = same ?? (await storeVersion(tx, prepared, { state: 'draft', note: wanted.note, baseId, faults }));
  if (!wanted.publish) return { version: versionOf(draft), unchanged: same !== undefined };
  return { version: await publishInTx(tx, draft.id), unchanged: false };
}

/** A layer comes into use only where nothing was ever published: it must not take anybody's grids away. */
async function keepLayer(tx: Tx, prepared: PreparedImport, wanted: LevelImport, lineage: Lineage): Promise<Kept> {
  const { published, baseId } = lineage;
  const same = await sameVersion(tx, prepared, baseId, 'layer');
  if (same) return { version: versionOf(same), unchanged: true };
  const faults = countFaults(prepared.findings);
  const { id } = await storeVersion(tx, prepared, { state: 'layer', note: wanted.note, baseId, faults });
  if (!published) {
    await takeEffect(tx, { id, state: 'layer', rows: prepared.rows }, townOf(prepared.rows, prepared.topology));
  }
  return { version: versionOf(await versionById(tx, id)), unchanged: false };
}
